using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>The request that a template makes of its caller's.</summary>
[KernelSource("crypto/xts.c", "struct xts_request_ctx", Version = "v6.18", Rules = "DM-C7")]
internal sealed class TemplateRequest(TemplateCipher template, bool mayBacklog) : CryptoRequest(mayBacklog)
{
    private readonly TemplateCipher _template = template;
    private ObjectLifetime _memory;
    private CryptoRequest? _parent;   // the caller's request; null while the wrapper is free

    /// <inheritdoc/>
    public override string CallbackName => _parent?.CallbackName ?? "";

    /// <summary>Type and rule of its memory.</summary>
    private static KernelType Type => new("xts_request_ctx", "DM-C7");

    /// <summary>Takes the caller's request in.</summary>
    public void Wrap(CryptoRequest parent)
    {
        _memory.Allocate();
        _parent = parent;
        TakeAfter(parent);
        parent.HeldBy = this;
    }

    /// <summary>Both requests have the number: to people they are one.</summary>
    internal override void BeginSubmission(long number)
    {
        base.BeginSubmission(number);
        _parent?.BeginSubmission(number);
    }

    /// <inheritdoc/>
    internal override void Forgotten(string provider)
    {
        base.Forgotten(provider);
        _parent?.Forgotten(provider);
    }

    /// <inheritdoc/>
    internal override void TolerateNotification()
    {
        base.TolerateNotification();
        _parent?.TolerateNotification();
    }

    /// <summary>The child has rejected it: the caller's request is the caller's again.</summary>
    public void Unwrap()
    {
        _parent!.HeldBy = null;
        _parent = null;
    }

    /// <summary>Its memory is freed by a function of the template.</summary>
    /// <returns>False, with the run ended, if it was freed before.</returns>
    public bool Free(string function) => _memory.Free(_template.Kernel, function, Type, this);

    /// <summary>Forwards the notification without freeing anything, and the final status after freeing the wrapper.</summary>
    protected override void OnComplete(Errno status)
    {
        if (!_memory.Touch(_template.Kernel, "xts_encrypt_done", Type, this))
        {
            return;
        }

        CryptoRequest parent = _parent!;
        if (status != Errno.EINPROGRESS)
        {
            _parent = null;
            parent.HeldBy = null;
            Free("xts_encrypt_done");
            _template.Put(this);
        }

        if (status == Errno.Success)
        {
            parent.Encrypt(Iv);
        }

        parent.TakeInstants(this);

        parent.Complete(status);
    }
}

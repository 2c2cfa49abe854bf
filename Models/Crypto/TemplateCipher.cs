using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>A template such as xts or essiv over an asynchronous cipher: wraps each request in one of its own (DM-C7).</summary>
/// <remarks>
/// <code>
///   Submit(request) ──► TemplateRequest ──► child: Submit     EINPROGRESS and EBUSY go up unchanged
///   request.Complete ◄── EINPROGRESS: keep the wrapper; final status: free it ◄── child
/// </code>
/// No time passes: the work of a template is part of the caller's submission.
/// </remarks>
[KernelSource("crypto/xts.c", "xts_encrypt, xts_encrypt_done", Version = "v6.18", Rules = "DM-C7")]
public sealed class TemplateCipher : CryptoProvider
{
    private readonly CryptoProvider _child;
    private readonly FreeList<TemplateRequest> _free = new();   // wrappers not in use

    /// <summary>Puts the template over a child.</summary>
    public TemplateCipher(CryptoProvider child) => _child = child;

    /// <inheritdoc/>
    public override string Name => _child.Name;

    /// <inheritdoc/>
    public override bool SubmitsInSteps => _child.SubmitsInSteps;

    /// <inheritdoc/>
    public override void Owners(OwnerList owners) => _child.Owners(owners);

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        TemplateRequest wrapper = Wrap(request);
        return Answer(wrapper, _child.Submit(wrapper));
    }

    /// <inheritdoc/>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        TemplateRequest wrapper = Wrap(request);
        return Answer(wrapper, await _child.SubmitAsync(wrapper));
    }

    private TemplateRequest Wrap(CryptoRequest request)
    {
        TemplateRequest wrapper = _free.TryTake(out TemplateRequest? reused) ? reused : new TemplateRequest(this, request.MayBacklog);
        wrapper.Wrap(request);
        return wrapper;
    }

    private SubmitResult Answer(TemplateRequest wrapper, SubmitResult result)
    {
        if (!result.Accepted)
        {
            wrapper.Unwrap();
            _free.Put(wrapper);
        }

        return result;
    }

    /// <summary>The child has finished: the wrapper may be used again before the caller hears of it (DM-C9).</summary>
    internal void Free(TemplateRequest wrapper) => _free.Put(wrapper);
}

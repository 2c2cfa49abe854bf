using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>A template such as xts or essiv over an asynchronous cipher: wraps each request in one of its own (DM-C7).</summary>
/// <remarks>
/// <code>
///   Submit(request) ──► TemplateRequest ──► child: Submit     EINPROGRESS and EBUSY go up unchanged
///   request.Complete ◄── EINPROGRESS: keep the wrapper; final status: free it ◄── child
/// </code>
/// No time passes, the work of a template being part of the caller's submission, unless an allocation with GFP_KERNEL
/// has to wait for reclaim.
/// </remarks>
[KernelSource("crypto/xts.c", "xts_encrypt, xts_encrypt_done", Version = "v6.18", Rules = "DM-C7")]
public sealed class TemplateCipher : CryptoProvider
{
    private readonly CryptoProvider _child;
    private readonly Template _template;
    private readonly FreeList<TemplateRequest> _free = new();   // wrappers not in use

    /// <summary>Puts the template over a child.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="child">What does the work.</param>
    /// <param name="template">What it does on EBUSY.</param>
    public TemplateCipher(LinuxKernel kernel, CryptoProvider child, Template template = Template.Forwarding) =>
        (Kernel, _child, _template) = (kernel, child, template);

    internal LinuxKernel Kernel { get; }

    /// <inheritdoc/>
    public override string Name => _child.Name;

    /// <inheritdoc/>
    public override bool SubmitsInSteps => _child.SubmitsInSteps || Kernel.Reclaim is not null;

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
        if (request.MaySleep && !await AllocateAsync())
        {
            return SubmitResult.Error(Errno.ENOMEM);   // the run ends after this step
        }

        TemplateRequest wrapper = Wrap(request);
        return Answer(wrapper, await _child.SubmitAsync(wrapper));
    }

    /// <summary>Allocates with GFP_KERNEL: where no page is free, reclaim writes dirty ones first, perhaps through this very template (DM-B22). Context: process; elsewhere a fault.</summary>
    [KernelSource("crypto/xts.c", "init_crypt", Version = "v4.1", Rules = "DM-B22")]
    private async Operation<bool> AllocateAsync()
    {
        if (!Kernel.MaySleep("kmalloc(GFP_KERNEL) of xts init_crypt"))
        {
            return false;
        }

        if (Kernel.Memory.Free == 0 && Kernel.Reclaim is { } reclaim)
        {
            await reclaim.WriteBackAsync();
        }

        return true;
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
            wrapper.Free("xts_encrypt");
            _free.Put(wrapper);
        }
        else if (result.Status == SubmitStatus.Busy && _template == Template.FreesOnEbusy)
        {
            wrapper.Free("xts_encrypt");   // and not into the list: the child still points to it
        }

        return result;
    }

    /// <summary>The child has finished: the wrapper may be used again before the caller hears of it (DM-C9).</summary>
    internal void Put(TemplateRequest wrapper) => _free.Put(wrapper);
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Workload;

/// <summary>One conversion of the law: <c>crypt_convert</c> without what is above and below it.</summary>
/// <remarks>
/// <code>
///   submit ──► EBUSY (or always): wait on ctx->restart ──► submit ... ──► last one submitted: wait until cc_pending is 0
///      └─────► accepted: submit_cost ────────────────────┘
/// </code>
/// Time passes between two submissions without a wait between them, and in the ring. A refused request ends it, as
/// <c>crypt_convert</c> returns the error.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-D7 DM-C4")]
internal sealed class LawConversion : IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly RingLaw _law;
    private readonly CryptoProvider _provider;
    private readonly Duration _submitCost;
    private readonly bool _waitsEveryRequest;
    private readonly Completion _restart;                    // ctx->restart
    private readonly Completion _finished;                   // signalled when cc_pending is 0 and somebody waits for it
    private readonly FreeList<LawRequest> _requests = new(); // requests not in use
    private int _left;                                       // requests not yet submitted
    private int _pending;                                    // cc_pending, the converter itself not counted

    public LawConversion(LinuxKernel kernel, RingLaw law, string name, LawOptions options, CryptoProvider provider)
    {
        (_kernel, _law, _provider) = (kernel, law, provider);
        (_left, _submitCost, _waitsEveryRequest) = (options.Requests, options.SubmitCost, options.Submit == Submit.WaitEveryRequest);
        _restart = new Completion(kernel, "ctx->restart", "crypt_convert", Duration.Zero);
        _finished = new Completion(kernel, "ctx->cc_pending", "kcryptd_crypt_write_convert", Duration.Zero) { Owner = this };
        kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "ctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private async Process RunAsync()
    {
        _kernel.Enter(CpuContext.Process);
        while (_left > 0)
        {
            if (SubmitNext())
            {
                await _restart.WaitAsync();
                _restart.Reinitialize();
            }
            else if (_left > 0)
            {
                await _kernel.Simulation.Delay(_submitCost);
            }
        }

        if (_pending > 0)
        {
            await _finished.WaitAsync();
        }

        _law.OnConversionFinished();
    }

    /// <summary>Submits the next request; true if the next one must wait for ctx->restart.</summary>
    private bool SubmitNext()
    {
        LawRequest request = _requests.TryTake(out LawRequest? reused) ? reused : new LawRequest(this);
        _left--;
        _pending++;
        request.SubmittedAt = _kernel.Simulation.Now;
        SubmitResult result = _provider.Submit(request);
        if (!result.Accepted)
        {
            _left = 0;
            Finish(request, result.Errno);
            return false;
        }

        if (result.Status == SubmitStatus.InProgress && !_waitsEveryRequest)
        {
            return false;
        }

        PrepareWait(request);
        return true;
    }

    private void PrepareWait(LawRequest request)
    {
        _restart.Owner = request;
        if (!_restart.IsDone)
        {
            _kernel.Tracer?.Emit(TraceKind.Wait, "crypt_convert", target: _provider.Name, subject: request.Label, detail: "wait_for_completion(&ctx->restart)");
        }
    }

    /// <summary>The crypto API calls back, as <c>kcryptd_async_done</c>. Context: softirq.</summary>
    internal void OnAsyncDone(LawRequest request, Errno status)
    {
        if (status == Errno.EINPROGRESS)
        {
            if (!_waitsEveryRequest)
            {
                _restart.Complete();
            }

            return;
        }

        Finish(request, status);
        if (_waitsEveryRequest && !_restart.IsDone)
        {
            _restart.Complete();
        }

        if (_pending == 0 && _finished.HasWaiters)
        {
            _finished.Complete();
        }
    }

    private void Finish(LawRequest request, Errno status)
    {
        _pending--;
        _law.OnDone(request, status);
        _requests.Put(request);
    }

    /// <summary>The driver has its last requests.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _provider.Owners(owners);
    }
}

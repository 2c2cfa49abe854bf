using CryptoSim.Models.Crypto;
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
    private readonly RingLaw _law;
    private readonly Completion _restart;                    // ctx->restart
    private readonly Completion _finished;                   // signalled when cc_pending is 0 and somebody waits for it
    private readonly FreeList<LawRequest> _requests = new(); // requests not in use
    private int _left;                                       // requests not yet submitted
    private int _pending;                                    // cc_pending, the converter itself not counted

    public LawConversion(RingLaw law, string name, int requests)
    {
        _law = law;
        _left = requests;
        _restart = new Completion(law.Kernel, "ctx->restart", "crypt_convert", Duration.Zero);
        _finished = new Completion(law.Kernel, "ctx->cc_pending", "kcryptd_crypt_write_convert", Duration.Zero) { Owner = this };
        law.Kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "ctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private async Process RunAsync()
    {
        _law.Kernel.Enter(CpuContext.Process);
        while (_left > 0)
        {
            if (SubmitNext())
            {
                await _restart.WaitAsync();
                _restart.Reinitialize();
            }
            else if (_left > 0)
            {
                await _law.Kernel.Simulation.Delay(_law.SubmitCost);
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
        request.SubmittedAt = _law.Kernel.Simulation.Now;
        SubmitResult result = _law.Cipher.Submit(request);
        if (!result.Accepted)
        {
            _left = 0;
            Finish(request, result.Errno);
            return false;
        }

        if (result.Status == SubmitStatus.InProgress && !_law.WaitsEveryRequest)
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
            _law.Kernel.Tracer?.Emit(TraceKind.Wait, "crypt_convert", target: _law.Cipher.Name, subject: request.Label, detail: "wait_for_completion(&ctx->restart)");
        }
    }

    /// <summary>The crypto API calls back, as <c>kcryptd_async_done</c>. Context: softirq.</summary>
    internal void OnAsyncDone(LawRequest request, Errno status)
    {
        if (status == Errno.EINPROGRESS)
        {
            if (!_law.WaitsEveryRequest)
            {
                _restart.Complete();
            }

            return;
        }

        Finish(request, status);
        if (_law.WaitsEveryRequest && !_restart.IsDone)
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

    /// <summary>Its last requests are in the ring.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(_law.Cipher.Ring);
    }
}

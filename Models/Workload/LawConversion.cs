using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Workload;

/// <summary>One conversion of the law: <c>crypt_convert</c> without what is above and below it.</summary>
/// <remarks>
/// <code>
///   submit ──► EBUSY (or always): wait on ctx->restart ──► submit ... ──► last one submitted: cc_pending - 1, return
///      └─────► accepted: submit_cost ────────────────────┘
/// </code>
/// cc_pending counts the converter and every request in flight; who takes it to zero finishes the conversion (DM-D7).
/// Time passes between two submissions without a wait between them, and in the ring. A refused request ends it, as
/// <c>crypt_convert</c> returns the error.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-D7 DM-C4")]
internal sealed class LawConversion : IHolder
{
    private readonly RingLaw _law;
    private readonly Completion _restart;                    // ctx->restart
    private int _left;                                       // requests not yet submitted
    private int _pending = 1;                                // cc_pending
    [NotState]
    private readonly Process _process;                       // for diagnosis

    public LawConversion(RingLaw law, string name, int requests)
    {
        _law = law;
        _left = requests;
        _restart = new Completion(law.Kernel, "ctx->restart", "crypt_convert", Duration.Zero);
        _process = law.Kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "ctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>True once its last request is finished.</summary>
    public bool IsFinished => _pending == 0;

    private async Process RunAsync()
    {
        _law.Kernel.Enter(CpuContext.Process);
        while (_left > 0)
        {
            if (_law.Provider.SubmitsInSteps)
            {
                await SubmitNextInStepsAsync();
            }
            else
            {
                await SubmitNextAsync();
            }

            _restart.Reinitialize();   // also after an accepted request, where nobody has completed it
        }

        Release();
    }

    private void Release()
    {
        if (--_pending == 0)
        {
            _law.OnConversionFinished();
        }
    }

    /// <summary>Submits the next request; done when the one after it may follow: after the wait for ctx->restart, or after the time a submission costs.</summary>
    private Suspension SubmitNextAsync()
    {
        LawRequest request = TakeRequest();
        return OnAnswered(request, _law.Provider.Submit(request));
    }

    /// <summary>The same with a driver whose submissions others can interrupt.</summary>
    private async Operation SubmitNextInStepsAsync()
    {
        LawRequest request = TakeRequest();
        await OnAnswered(request, await _law.Provider.SubmitAsync(request));
    }

    private LawRequest TakeRequest()
    {
        LawRequest request = _law.TakeRequest(this);
        _left--;
        _pending++;
        request.SubmittedAt = _law.Kernel.Simulation.Now;
        return request;
    }

    private Suspension OnAnswered(LawRequest request, SubmitResult result)
    {
        if (!result.Accepted)
        {
            _left = result.Status == SubmitStatus.Done ? _left : 0;
            Finish(request, result.Errno);
            return default;
        }

        if (result.Status == SubmitStatus.Busy || _law.WaitsEveryRequest)
        {
            PrepareWait(request);
            return _restart.WaitAsync();
        }

        return _left > 0 ? _law.Kernel.Simulation.Delay(_law.SubmitCost) : default;
    }

    private void PrepareWait(LawRequest request)
    {
        _restart.Owner = request;
        if (!_restart.IsDone)
        {
            _law.Kernel.Tracer?.Emit(TraceKind.Wait, "crypt_convert", target: _law.Provider.Name, subject: request.Label, detail: "wait_for_completion(&ctx->restart)");
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
    }

    private void Finish(LawRequest request, Errno status)
    {
        _law.OnDone(request, status);
        Release();
    }

    /// <summary>Its process while it submits, then the ring, which has its last requests.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_process.IsAlive)
        {
            owners.Add(_process);
        }
        else
        {
            _law.Provider.Owners(owners);
        }
    }
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Workload;

/// <summary>A caller that submits one request and waits for its final status, treating EINPROGRESS and EBUSY alike (DM-C6).</summary>
/// <remarks>
/// <code>
///   Submit ──► 0: done, after the CPU time of the call
///      └─────► EINPROGRESS or EBUSY ──► wait ◄── Complete(final status); Complete(EINPROGRESS) is ignored
/// </code>
/// Correct for one request at a time, and the pattern that 0618764cb25f carried over to a caller that pipelines.
/// </remarks>
[KernelSource("include/linux/crypto.h", "crypto_wait_req", Version = "v6.18", Rules = "DM-C6")]
[KernelSource("crypto/api.c", "crypto_req_done", Version = "v6.18", Rules = "DM-C6")]
public sealed class SingleRequestWaiter : CryptoRequest
{
    private readonly LinuxKernel _kernel;
    private readonly CryptoProvider _provider;
    private readonly SingleRequestGroup _group;
    private readonly Completion _wait;
    private Errno _status;          // of the last request
    private long _finished;         // requests done
    [NotState]
    private VirtualTime _began;     // submission of the last request
    [NotState]
    private StageClock _stages;     // where its time goes

    internal SingleRequestWaiter(LinuxKernel kernel, SingleRequestGroup group, int clone, CryptoProvider provider, int tfm, DataSize length)
        : base(group.MayBacklog)
    {
        (_kernel, _group, _provider) = (kernel, group, provider);
        (Length, Tfm) = (length, tfm);
        _wait = new Completion(kernel, "crypto_wait", "crypto_wait_req", Duration.Zero) { Owner = this };
        kernel.Simulation.Spawn($"{group.Name}/{clone}", RunAsync());
    }

    /// <inheritdoc/>
    public override string CallbackName => "crypto_req_done";

    /// <summary>Ignores the notification, completes on the final status, as <c>crypto_req_done</c>. Context: softirq.</summary>
    protected override void OnComplete(Errno status)
    {
        if (status == Errno.EINPROGRESS)
        {
            return;
        }

        _status = status;
        SplitWait(ref _stages, _kernel.Simulation.Now);
        _stages.Enter(BioStage.WakeUp, _kernel.Simulation.Now);
        _wait.Complete();
    }

    private async Process RunAsync()
    {
        _kernel.Enter(CpuContext.Process);
        for (; _group.HasMore(_finished); _finished++)
        {
            BeginRequest();
            SubmitResult result = await _provider.SubmitAsync(this);
            if (IsAccepted(result))
            {
                await _wait.WaitAsync();
                _wait.Reinitialize();
                _group.OnDone(_began, Length, _status, ref _stages);
            }
            else if (result.Status == SubmitStatus.Done)
            {
                await _kernel.Cpus.SpendAsync(-1, result.CpuTime, result.UsesSimd);
                _group.OnDone(_began, Length, _status, ref _stages);
            }
            else
            {
                _group.OnDone(_began, Length, _status, ref _stages);
                await _kernel.Simulation.Delay(_group.AfterRejection);
            }
        }

        _group.OnCloneFinished();
    }

    private void BeginRequest()
    {
        _began = _kernel.Simulation.Now;
        _stages.Begin(_began);
        _stages.Enter(BioStage.Conversion, _began);
    }

    private bool IsAccepted(SubmitResult result)
    {
        if (!result.Accepted)
        {
            _status = result.Errno;
            return false;
        }

        _stages.Enter(BioStage.RingWait, _kernel.Simulation.Now);
        _kernel.Tracer?.Emit(TraceKind.Wait, "crypto_wait_req", target: _provider.Name, subject: Label);
        return true;
    }
}

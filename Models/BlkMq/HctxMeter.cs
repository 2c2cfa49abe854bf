using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>What is measured about a hardware queue: how long it stood still, and for how long driver tags were held by requests that were not in the device.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-24 KS-38 KS-41")]
internal sealed class HctxMeter
{
    private readonly LinuxKernel _kernel;
    [NotState]
    private readonly TimeWeighted _dispatchBusy;
    [NotState]
    private bool _isStalled;            // something is on the dispatch list, and nothing has been issued since it came there
    [NotState]
    private VirtualTime _stalledSince;
    [NotState]
    private Duration _stalled;          // in all
    [NotState]
    private Duration _tagIdle;          // in all, summed over the tags

    public HctxMeter(LinuxKernel kernel)
    {
        _kernel = kernel;
        _dispatchBusy = new TimeWeighted(kernel.Simulation);
    }

    /// <summary>Runs after 3 ms, because nothing else had run it.</summary>
    [field: NotState]
    public long DelayedRuns { get; private set; }

    /// <summary>How often it stopped with requests on its dispatch list.</summary>
    [field: NotState]
    public long Stalls { get; private set; }

    /// <summary>Time in which its dispatch list was not empty and nothing was issued.</summary>
    public Duration Stalled => _isStalled ? _stalled + (_kernel.Simulation.Now - _stalledSince) : _stalled;

    /// <summary>Time for which driver tags were held by requests that were not in the device, summed over the tags; those that are held now do not count yet.</summary>
    public Duration TagIdle => _tagIdle;

    /// <summary>dispatch_busy, mean over time.</summary>
    public double DispatchBusyMean => _dispatchBusy.Mean;

    /// <summary>dispatch_busy, its peak.</summary>
    public long DispatchBusyMax => _dispatchBusy.Max;

    /// <summary>What it could not issue is on the dispatch list.</summary>
    public void OnStop()
    {
        if (!_isStalled)
        {
            (_isStalled, _stalledSince) = (true, _kernel.Simulation.Now);
            Stalls++;
        }
    }

    /// <summary>A request was issued, or has left the dispatch list otherwise.</summary>
    public void OnProgress()
    {
        if (_isStalled)
        {
            _stalled += _kernel.Simulation.Now - _stalledSince;
            _isStalled = false;
        }
    }

    /// <summary>A driver tag was held for so long by a request that was not in the device.</summary>
    public void OnTagIdle(Duration held) => _tagIdle += held;

    public void OnBusy(int dispatchBusy) => _dispatchBusy.Set(dispatchBusy);

    public void OnDelayedRun() => DelayedRuns++;

    public void Restart()
    {
        (_stalled, _tagIdle, _stalledSince, DelayedRuns, Stalls) = (Duration.Zero, Duration.Zero, _kernel.Simulation.Now, 0, 0);
        _dispatchBusy.Restart();
    }
}

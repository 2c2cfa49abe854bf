using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>What is measured about the clocks of a host.</summary>
[KernelSource("include/trace/events/ufs.h", "ufshcd_clk_gating", Version = "v6.18")]
internal sealed class ClockMeter
{
    private readonly string _name;
    [NotState]
    private readonly TimeWeighted _on;           // 1 while the clocks run
    [NotState]
    private long _sleeps;
    [NotState]
    private long _gated;
    [NotState]
    private long _ungated;
    [NotState]
    private long _cancelled;
    [NotState]
    private long _hostBusy;
    [NotState]
    private long _notReady;

    public ClockMeter(LinuxKernel kernel, string name) => (_name, _on) = (name, new TimeWeighted(kernel.Simulation));

    public void OnState(bool areOn) => _on.Set(areOn ? 1 : 0);

    public void OnGated() => _gated++;

    public void OnUngated() => _ungated++;

    public void OnCancelled() => _cancelled++;

    public void OnHostBusy() => _hostBusy++;

    public void OnNotReady() => _notReady++;

    public void OnSleep() => _sleeps++;

    public void Restart()
    {
        _on.Restart();
        (_sleeps, _gated, _ungated, _cancelled, _hostBusy, _notReady) = (0, 0, 0, 0, 0, 0);
    }

    public void AddMetrics(MetricList metrics)
    {
        metrics.Add(_name + ".clocks.on.share", _on.Mean);
        metrics.Add(_name + ".clocks.gated", _gated);
        metrics.Add(_name + ".clocks.ungated", _ungated);
        metrics.Add(_name + ".clocks.gate_cancelled", _cancelled);
        metrics.Add(_name + ".clocks.host_busy", _hostBusy);
        metrics.Add(_name + ".clocks.not_ready", _notReady);
        metrics.Add(_name + ".clocks.sleeps", _sleeps);
    }
}

using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>What is measured about the runtime PM of a host.</summary>
[KernelSource("include/trace/events/rpm.h", "rpm_resume, rpm_suspend, rpm_idle", Version = "v6.18")]
internal sealed class PmMeter
{
    private readonly string _name;
    [NotState]
    private readonly TimeWeighted _awake;   // 1 while it is not suspended
    [NotState]
    private long _getSyncs;
    [NotState]
    private long _getSyncResumes;
    [NotState]
    private long _resumes;
    [NotState]
    private long _suspends;

    public PmMeter(LinuxKernel kernel, string name) => (_name, _awake) = (name, new TimeWeighted(kernel.Simulation));

    public void OnGetSync(bool resumes)
    {
        _getSyncs++;
        _getSyncResumes += resumes ? 1 : 0;
    }

    public void OnResume()
    {
        _resumes++;
        _awake.Set(1);
    }

    public void OnSuspend()
    {
        _suspends++;
        _awake.Set(0);
    }

    public void Restart()
    {
        _awake.Restart();
        (_getSyncs, _getSyncResumes, _resumes, _suspends) = (0, 0, 0, 0);
    }

    public void AddMetrics(MetricList metrics)
    {
        metrics.Add(_name + ".pm.awake.share", _awake.Mean);
        metrics.Add(_name + ".pm.get_syncs", _getSyncs);
        metrics.Add(_name + ".pm.get_syncs_that_resumed", _getSyncResumes);
        metrics.Add(_name + ".pm.resumes", _resumes);
        metrics.Add(_name + ".pm.suspends", _suspends);
    }
}

using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>What the hosts of a kind that is built have in common: reads and writes of different length, and runtime PM.</summary>
public abstract record StorageHostOptions : InlineCryptoHostOptions
{
    /// <summary>Time of a write besides moving its data; <c>latency</c> is that of a read.</summary>
    public abstract DurationDistribution WriteLatency { get; init; }

    /// <summary>The host sleeps when it has been idle; never if left out.</summary>
    public RuntimePmOptions? RuntimePm { get; init; }

    internal override DurationDistribution LatencyOf(bool isWrite) => isWrite ? WriteLatency : Latency;

    /// <summary>What must be on before the host is touched.</summary>
    internal virtual HostPower CreatePower(LinuxKernel kernel, string name) => new(CreatePm(kernel, name), null);

    private protected RuntimePm? CreatePm(LinuxKernel kernel, string name) =>
        RuntimePm is null ? null : new RuntimePm(kernel, name, RuntimePm, Wakeup, RestoreTime);

    internal override IEnumerable<OptionProblem> FindProblems(string name)
    {
        foreach (OptionProblem problem in base.FindProblems(name))
        {
            yield return problem;
        }

        if (RuntimePm is { Autosuspend.Picoseconds: 0 })
        {
            yield return new OptionProblem(name + ".runtime_pm.autosuspend", "is 0, so the host would be suspended in the middle of waking those who wait for it");
        }
    }

    /// <summary>What a resume takes besides that of the link.</summary>
    internal virtual Duration RestoreTime => Duration.Zero;
}

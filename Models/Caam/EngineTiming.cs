using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>How many engines an accelerator has and how long they take.</summary>
/// <param name="Engines">Jobs processed at the same time.</param>
/// <param name="Setup">Time of a job besides moving its data.</param>
/// <param name="Bandwidth">Rate at which one engine moves data.</param>
/// <param name="Latency">From the end of a job until the interrupt reaches the CPU.</param>
/// <param name="HasCompletionLine">Finished jobs can be on their way; without latency the process that carries them can be spared.</param>
/// <param name="Unit">What one engine is called, e.g. <c>deco</c>.</param>
internal sealed record EngineTiming(int Engines, DurationDistribution Setup, Bandwidth Bandwidth, Duration Latency, bool HasCompletionLine, string Unit)
{
    /// <summary>With a weak barrier, from the announcement of a job until its entry is visible; null with a full one, where it is visible first.</summary>
    public Duration? StoreDelay { get; init; }

    /// <summary>With a weak barrier, from hearing of a job until its entry is read.</summary>
    public Duration Fetch { get; init; }
}

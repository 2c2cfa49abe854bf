using System.Globalization;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>What is done when states no longer fit into memory: only their 64-bit fingerprints are kept, and the states not yet expanded.</summary>
internal sealed class BeyondMemory(IExplorableFactory factory, SearchLimits limits, PhaseLog log)
{
    /// <summary>Goes on where an exact search stopped.</summary>
    internal ExplorationResult GoOn(SearchPhase proof, ExplorationCounts counts)
    {
        _ = (factory, limits);
        log.Add(3, "fingerprints", "not begun", "", failed: false);
        return new ExplorationResult
        {
            Verdict = ExplorationVerdict.Bounded,
            Bound = string.Create(CultureInfo.InvariantCulture, $"{counts.States:N0} states, every schedule of up to {Math.Max(0, proof.Search.Depth - 1):N0} steps; the memory limit came first"),
            Phases = log.Reports,
            Counts = counts,
        };
    }
}

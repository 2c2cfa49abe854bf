using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Recording;

/// <summary>Splits the time of one bio by stage, in whole picoseconds: whatever it is told, the parts add up to the time between the first and the last instant.</summary>
/// <remarks>
/// <code>
///   Begin ──► map ── Enter(s) ──► s ── Enter(t) ──► t ... Enter
/// </code>
/// Decides nothing and is no state. What is split later is a copy: of a bio in parts, the part that ends last gives its own.
/// </remarks>
public struct StageClock
{
    private Times _times;       // [ps] closed so far, by stage
    private long _began;        // [ps] when the first stage began
    private long _since;        // [ps] when the running stage began
    private BioStage _stage;    // the running one

    /// <summary>A new life: nothing is spent, the bio is being mapped.</summary>
    public void Begin(VirtualTime now)
    {
        _times = default;
        _began = _since = now.Picoseconds;
        _stage = BioStage.Map;
    }

    /// <summary>Closes the running stage and begins another.</summary>
    /// <param name="stage">The one that begins.</param>
    /// <param name="at">When; an instant before the running stage began counts as its beginning, as what is closed stays closed.</param>
    public void Enter(BioStage stage, VirtualTime at)
    {
        if (at.Picoseconds > _since)
        {
            _times[(int)_stage] += at.Picoseconds - _since;
            _since = at.Picoseconds;
        }

        _stage = stage;
    }

    /// <summary>Closes the running stage: the bio has ended.</summary>
    public void End(VirtualTime at) => Enter(_stage, at);

    /// <summary>What the closed stages add up to.</summary>
    public readonly Duration Total => new(_since - _began);

    /// <summary>[ps] Time in each closed stage, in the order of <see cref="BioStage"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<long> Span => _times;

    /// <summary>Adds the time in each closed stage to sums.</summary>
    /// <param name="sums">[ps] As many as there are stages.</param>
    public readonly void AddTo(Span<long> sums)
    {
        ReadOnlySpan<long> times = _times;
        sums = sums[..BioStages.Count];
        for (int i = 0; i < BioStages.Count; i++)
        {
            sums[i] += times[i];
        }
    }

    /// <summary>[ps] The same as an array of its own.</summary>
    public readonly long[] ToArray() => Span.ToArray();

    [InlineArray(BioStages.Count)]
    private struct Times
    {
        private long _first;
    }
}

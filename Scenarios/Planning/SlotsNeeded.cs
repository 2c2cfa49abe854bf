using CryptoSim.Scenarios.Claims;

namespace CryptoSim.Scenarios.Planning;

/// <summary>The fewest keyslots of the sweep from which on every number of slots is good enough.</summary>
/// <param name="Point">Design, mix and keys; of its slots the fewest, or the most that were tried if none are enough.</param>
/// <param name="IsEnough">Whether those slots are enough.</param>
/// <param name="Lacks">The figure that keeps fewer slots, or those, from being enough; null if the fewest of all are enough, or nothing is known.</param>
public sealed record SlotsNeeded(KeyslotPoint Point, bool IsEnough, KeyslotFigure? Lacks)
{
    /// <summary>Among the points of one design, mix and number of keys.</summary>
    /// <param name="cells">Ascending by slots.</param>
    /// <param name="plan">What is good enough.</param>
    internal static SlotsNeeded Among(IReadOnlyList<KeyslotCell> cells, KeyslotPlan plan)
    {
        int fewest = cells.Count;
        KeyslotFigure? lacks = null;
        while (fewest > 0 && IsGood(cells[fewest - 1], plan, out lacks))
        {
            fewest--;
        }

        return fewest == cells.Count
            ? new SlotsNeeded(cells[^1].Point, IsEnough: false, lacks)
            : new SlotsNeeded(cells[fewest].Point, IsEnough: true, lacks);
    }

    /// <summary>Whether the whole interval of both figures is within what is allowed.</summary>
    private static bool IsGood(KeyslotCell cell, KeyslotPlan plan, out KeyslotFigure? lacks)
    {
        lacks = cell.Replications == 0 ? null
            : Upper(cell, KeyslotFigure.NoSlot) > plan.Target ? KeyslotFigure.NoSlot
            : Upper(cell, KeyslotFigure.PlainAdded) > plan.MaxDelay.Picoseconds ? KeyslotFigure.PlainAdded
            : null;
        return cell.Replications > 0 && lacks is null;
    }

    private static double Upper(KeyslotCell cell, KeyslotFigure figure)
    {
        double[] values = [.. cell.Values[figure]];
        return ClaimSummary.Interval(values)?.High ?? Means.Of(values);
    }
}

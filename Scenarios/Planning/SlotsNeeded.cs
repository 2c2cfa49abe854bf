using CryptoSim.Scenarios.Claims;

namespace CryptoSim.Scenarios.Planning;

/// <summary>The fewest keyslots of the sweep from which on every number of slots is good enough.</summary>
/// <param name="Point">Design, mix and keys; of its slots the fewest, or the most that were tried if none are enough.</param>
/// <param name="IsEnough">Whether those slots are enough.</param>
/// <param name="Lacks">The figure that keeps fewer slots, or those, from being enough; null if the fewest of all are enough, or nothing is known.</param>
/// <param name="IsOpen">The mean of that figure is within its limit, and only its interval is not: more replications may tell.</param>
public sealed record SlotsNeeded(KeyslotPoint Point, bool IsEnough, KeyslotFigure? Lacks, bool IsOpen)
{
    /// <summary>Among the points of one design, mix and number of keys.</summary>
    /// <param name="cells">Ascending by slots.</param>
    /// <param name="plan">What is good enough.</param>
    internal static SlotsNeeded Among(IReadOnlyList<KeyslotCell> cells, KeyslotPlan plan)
    {
        int fewest = cells.Count;
        KeyslotFigure? lacks = null;
        while (fewest > 0 && (lacks = LackOf(cells[fewest - 1], plan)) is null && cells[fewest - 1].Replications > 0)
        {
            fewest--;
        }

        bool isOpen = lacks is { } figure && cells[fewest - 1].Mean(figure) <= LimitOf(figure, plan);
        return fewest == cells.Count
            ? new SlotsNeeded(cells[^1].Point, IsEnough: false, lacks, isOpen)
            : new SlotsNeeded(cells[fewest].Point, IsEnough: true, lacks, isOpen);
    }

    /// <summary>The first figure whose whole interval is not within its limit.</summary>
    private static KeyslotFigure? LackOf(KeyslotCell cell, KeyslotPlan plan)
    {
        foreach (KeyslotFigure figure in cell.Replications == 0 ? [] : (KeyslotFigure[])[KeyslotFigure.NoSlot, KeyslotFigure.PlainAdded, KeyslotFigure.EncryptedLost])
        {
            if (Upper(cell, figure) > LimitOf(figure, plan))
            {
                return figure;
            }
        }

        return null;
    }

    private static double LimitOf(KeyslotFigure figure, KeyslotPlan plan) => figure switch
    {
        KeyslotFigure.NoSlot => plan.Target,
        KeyslotFigure.PlainAdded => plan.MaxDelay.Picoseconds,
        _ => plan.MaxLoss,
    };

    private static double Upper(KeyslotCell cell, KeyslotFigure figure)
    {
        double[] values = [.. cell.Values[figure]];
        return ClaimSummary.Interval(values)?.High ?? Means.Of(values);
    }
}

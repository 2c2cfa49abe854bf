using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Picks the happenings that a schedule file names, so that a strict replay notices early that the model has changed.</summary>
public static class ScheduleAnchors
{
    private const int Most = 16;

    /// <summary>Steps with a fault or a refusal, the first ones if there are many, and the last step in which anything happens.</summary>
    public static IReadOnlyList<ScheduleAnchor> Of(IReadOnlyList<TraceStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var telling = steps.Where(s => TraceLabel.MostTelling(s.Events) is { } e && (e.Kind == TraceKind.Fault || TraceLabel.IsRefusal(e))).Take(Most - 1);
        var last = steps.LastOrDefault(s => s.Events.Count > 0);
        return [.. telling.Append(last).OfType<TraceStep>().DistinctBy(s => s.Number).OrderBy(s => s.Number).Select(s => new ScheduleAnchor(s.Number, s.Label))];
    }
}

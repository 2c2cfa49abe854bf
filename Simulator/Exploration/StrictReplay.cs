using System.Globalization;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Compares a run with the schedule it follows.</summary>
internal sealed class StrictReplay(IExplorable model, Schedule schedule, FollowedChoices choices, Telling telling)
{
    private ScheduleDivergence? _diverged;
    private int _anchor;

    public TracedResult Run()
    {
        var result = telling.Run(IsAsRecorded);
        if (_diverged is null && result.End is null)
        {
            _diverged = ScheduleDivergence.NotOpen(telling.Walk.Point.Run, choices.Missing!, telling.Walk.Point);
        }

        return result with { Diverged = _diverged ?? AtEnd(result) };
    }

    private bool IsAsRecorded(TraceStep step)
    {
        while (_anchor < schedule.Anchors.Count && schedule.Anchors[_anchor].Step == step.Number && _diverged is null)
        {
            string expected = schedule.Anchors[_anchor++].Happening;
            _diverged = expected == step.Label ? null : new ScheduleDivergence(step.Number, expected, $"{step.Label} ({step.Process})");
        }

        return _diverged is null;
    }

    private ScheduleDivergence? AtEnd(TracedResult result)
    {
        int steps = result.Steps.Count;
        _ = model.Simulation.Outcome;
        string end = FailureSignature.Describe(result.End!);
        string over = string.Create(CultureInfo.InvariantCulture, $"the end of the run after {steps} steps: {end}");
        return choices.Next is { } name ? new ScheduleDivergence(steps + 1, $"a step of {name}", over)
            : _anchor < schedule.Anchors.Count ? new ScheduleDivergence(schedule.Anchors[_anchor].Step, schedule.Anchors[_anchor].Happening, over)
            : schedule.Expect.Length > 0 && schedule.Expect != end ? new ScheduleDivergence(steps, schedule.Expect, end)
            : null;
    }
}

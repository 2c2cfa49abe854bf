namespace CryptoSim.Simulator.Exploration;

/// <summary>Passes everything on, and notes of each step who took it when, and which step had scheduled it how long before as modelled.</summary>
internal sealed class NotedSteps(OpenSteps inner) : OpenSteps
{
    private readonly PendingSteps _pending = new();
    private readonly List<(string Name, long At, int ScheduledBy, long Delay)> _steps = [];

    internal override bool MovesClock => inner.MovesClock;

    internal override void Begin(SteppedRun run)
    {
        _steps.Clear();
        _pending.Begin(run);
        inner.Begin(run);
    }

    internal override void Collect(SteppedRun run, List<int> open) => inner.Collect(run, open);

    internal override void Taking(SteppedRun run, int index)
    {
        var taken = _pending.At(run, index);
        _pending.Take(taken);
        inner.Taking(run, index);
        _steps.Add((StepNames.At(run, index), run.Simulation.NowPicoseconds, taken.ScheduledBy, taken.Delay));
    }

    internal override void Taken(SteppedRun run)
    {
        _pending.Look(run, _steps.Count, static _ => { }, static _ => { });
        inner.Taken(run);
    }

    /// <summary>The instants, and the delays that are not as modelled.</summary>
    internal Realisation ToRealisation()
    {
        long[] at = inner is JitterSteps jitter ? jitter.Solve() : [.. _steps.Select(s => s.At)];
        var stretched = new List<StretchedDelay>();
        for (int i = 0; i < at.Length; i++)
        {
            (string name, _, int by, long delay) = _steps[i];
            long needed = at[i] - (by == 0 ? 0 : at[by - 1]);
            if (needed != delay)
            {
                stretched.Add(new StretchedDelay(i + 1, name, new Duration(delay), new Duration(needed)));
            }
        }

        return new Realisation([.. at.Select((instant, i) => new RealisedStep(_steps[i].Name, new VirtualTime(instant)))], stretched);
    }
}

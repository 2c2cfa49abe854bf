namespace CryptoSim.Simulator.Exploration;

/// <summary>The first steps are given with their instants; afterwards only what is due first may be next.</summary>
internal sealed class GivenSteps(IReadOnlyList<RealisedStep> steps) : OpenSteps
{
    private readonly DueSteps _due = new();
    private int _next;

    internal override void Begin(SteppedRun run) => _next = 0;

    internal override void Collect(SteppedRun run, List<int> open)
    {
        if (_next == steps.Count)
        {
            _due.Collect(run, open);
            return;
        }

        open.Clear();
        open.Add(StepNames.IndexOf(run, steps[_next].Process));
    }

    internal override void Taking(SteppedRun run, int index) => run.MoveClock(_next < steps.Count ? steps[_next++].At : run.DueAt(index));
}

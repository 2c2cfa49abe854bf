namespace CryptoSim.Simulator.Exploration;

/// <summary>
/// A step may be the next one if some choice of delays, each within its share around the modelled value, gives the order so far and then
/// this step. What is ready at once has no delay to vary.
/// </summary>
/// <remarks>The clock shows the earliest instant that the order so far allows; later choices may ask for later ones, which <see cref="Solve"/> gives.</remarks>
/// <param name="share">Half the width of the interval of each delay, as a share of it [0..1].</param>
internal sealed class JitterSteps(double share) : OpenSteps
{
    private const int Start = 0;

    private readonly PendingSteps _pending = new();
    private readonly DifferenceBounds _bounds = new();
    private readonly InstantSolver _solver = new();
    private readonly List<int> _taken = [];

    internal override void Begin(SteppedRun run)
    {
        _taken.Clear();
        _solver.Clear();
        _bounds.Clear();
        _bounds.Add(Start);
        _pending.Begin(run);
        foreach (var step in _pending.All)
        {
            Admit(step);
        }
    }

    internal override void Collect(SteppedRun run, List<int> open)
    {
        open.Clear();
        for (int i = 0; i < run.Count; i++)
        {
            if (CanBeFirst(_pending.At(run, i)))
            {
                open.Add(i);
            }
        }
    }

    internal override void Taking(SteppedRun run, int index)
    {
        var taken = _pending.At(run, index);
        foreach (var other in _pending.All)
        {
            if (other.Node != taken.Node)
            {
                _bounds.Limit(taken.Node, other.Node, 0);
                _solver.Require(other.Node, taken.Node, 0);
            }
        }

        long earliest = -_bounds.Most(Start, taken.Node);
        run.MoveClock(new VirtualTime(Math.Max(earliest, run.Simulation.NowPicoseconds)));
        _pending.Take(taken);
        if (_taken.Count > 0)
        {
            _bounds.Remove(_taken[^1]);
        }

        _taken.Add(taken.Node);
    }

    internal override void Taken(SteppedRun run) => _pending.Look(run, _taken.Count, Admit, step => _bounds.Remove(step.Node));

    /// <summary>[ps] The earliest instants of the steps taken that the whole order allows.</summary>
    internal long[] Solve()
    {
        long[] instants = _solver.Solve() ?? throw new InvalidOperationException("an order was taken that no delays give");
        return [.. _taken.Select(node => instants[node])];
    }

    /// <summary>None of the others must come before: a step that is certainly earlier than this one forbids it.</summary>
    private bool CanBeFirst(PendingStep step)
    {
        foreach (var other in _pending.All)
        {
            if (_bounds.Most(other.Node, step.Node) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Admit(PendingStep step)
    {
        int from = step.ScheduledBy == 0 ? Start : _taken[step.ScheduledBy - 1];
        long slack = (long)decimal.Floor(step.Delay * (decimal)share);
        _bounds.Add(step.Node);
        _bounds.Limit(from, step.Node, -(step.Delay - slack));
        _bounds.Limit(step.Node, from, checked(step.Delay + slack));
        _solver.Require(step.Node, from, step.Delay - slack);
        _solver.Require(from, step.Node, -(step.Delay + slack));
    }
}

namespace CryptoSim.Simulator.Exploration;

/// <summary>A pending step: who scheduled it, and how long after.</summary>
/// <param name="Node">Its number among all that were ever pending in the run [1..].</param>
/// <param name="Process">Whose step it is.</param>
/// <param name="Key">The mark of its delay; 0 when it was ready at once.</param>
/// <param name="ScheduledBy">1-based number of the step that scheduled it; 0 for the start of the run.</param>
/// <param name="Delay">[ps] From there until it is due as modelled.</param>
internal readonly record struct PendingStep(int Node, Process Process, ulong Key, int ScheduledBy, long Delay);

/// <summary>Follows a run and knows of each pending step when and by which step it was scheduled. A delay that is moved counts as scheduled anew by the step that moved it.</summary>
internal sealed class PendingSteps
{
    private readonly List<PendingStep> _pending = [];
    private readonly List<PendingStep> _kept = [];
    private int _nodes;

    /// <summary>What is pending now.</summary>
    public IReadOnlyList<PendingStep> All => _pending;

    public void Begin(SteppedRun run)
    {
        _pending.Clear();
        _nodes = 0;
        Look(run, 0, static _ => { }, static _ => { });
    }

    /// <summary>The pending step at a place of the run.</summary>
    public PendingStep At(SteppedRun run, int index) => _pending[Find(_pending, run, index)];

    /// <summary>Looks again after a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">Its 1-based number.</param>
    /// <param name="added">Told of each that it scheduled.</param>
    /// <param name="dropped">Told of each that is pending no more.</param>
    public void Look(SteppedRun run, int step, Action<PendingStep> added, Action<PendingStep> dropped)
    {
        _kept.Clear();
        for (int i = 0; i < run.Count; i++)
        {
            int at = Find(_pending, run, i);
            if (at >= 0)
            {
                _kept.Add(_pending[at]);
                _pending.RemoveAt(at);
                continue;
            }

            var fresh = new PendingStep(++_nodes, run[i], run.KeyAt(i), step, run.DueAt(i).Picoseconds - run.Simulation.NowPicoseconds);
            _kept.Add(fresh);
            added(fresh);
        }

        _pending.ForEach(dropped);
        _pending.Clear();
        _pending.AddRange(_kept);
    }

    /// <summary>The step at a place is about to be taken and so is pending no more.</summary>
    public void Take(PendingStep step) => _pending.Remove(step);

    private static int Find(List<PendingStep> list, SteppedRun run, int index)
    {
        (var process, ulong key) = (run[index], run.KeyAt(index));
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i].Key == key && list[i].Process == process)
            {
                return i;
            }
        }

        return -1;
    }
}

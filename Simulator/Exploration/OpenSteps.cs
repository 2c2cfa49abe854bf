namespace CryptoSim.Simulator.Exploration;

/// <summary>Which of the pending steps of a run may be the next one, as a mode says, and what the clock does when one is taken.</summary>
/// <threadsafety>One run at a time.</threadsafety>
public abstract class OpenSteps
{
    /// <summary>Those of a mode.</summary>
    /// <param name="mode">What may happen in another order.</param>
    /// <param name="jitter">Half the width of the interval of each delay in <see cref="ExplorationMode.Jitter"/>, as a share of the delay [0..1].</param>
    public static OpenSteps Of(ExplorationMode mode, double jitter = 0.1) => mode switch
    {
        ExplorationMode.Timed => new DueSteps(),
        ExplorationMode.Jitter => new JitterSteps(jitter),
        _ => new AllSteps(),
    };

    /// <summary>True when the clock goes on with the steps, so that many steps at one instant are a livelock.</summary>
    internal virtual bool MovesClock => true;

    /// <summary>A run begins.</summary>
    internal virtual void Begin(SteppedRun run)
    {
    }

    /// <summary>Fills in the places of the pending steps that may be next; at least one.</summary>
    internal abstract void Collect(SteppedRun run, List<int> open);

    /// <summary>The step at a place is about to be taken: the time to move the clock.</summary>
    internal virtual void Taking(SteppedRun run, int index)
    {
    }

    /// <summary>It was taken, and the run goes on.</summary>
    internal virtual void Taken(SteppedRun run)
    {
    }
}

/// <summary>Any pending step may be the next one, and the clock stands still.</summary>
internal class AllSteps : OpenSteps
{
    internal override bool MovesClock => false;

    internal override void Collect(SteppedRun run, List<int> open)
    {
        open.Clear();
        for (int i = 0; i < run.Count; i++)
        {
            open.Add(i);
        }
    }
}

/// <summary>Only what is due first may be next, in any order.</summary>
internal sealed class DueSteps : OpenSteps
{
    internal override void Collect(SteppedRun run, List<int> open)
    {
        var first = VirtualTime.MaxValue;
        open.Clear();
        for (int i = 0; i < run.Count; i++)
        {
            var due = run.DueAt(i);
            if (due < first)
            {
                first = due;
                open.Clear();
            }

            if (due == first)
            {
                open.Add(i);
            }
        }
    }

    internal override void Taking(SteppedRun run, int index) => run.MoveClock(run.DueAt(index));
}

/// <summary>Any pending step may be the next one, and the clock goes on to when it is due: delays are stretched as the order asks.</summary>
internal sealed class StretchedSteps : AllSteps
{
    internal override bool MovesClock => true;

    internal override void Taking(SteppedRun run, int index) => run.MoveClock(run.DueAt(index));
}

namespace CryptoSim.Simulator.Exploration;

/// <summary>A run in which the caller decides who goes next. Every pending step may be taken, whatever its delay; the clock stands still unless the caller moves it.</summary>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public sealed class SteppedRun
{
    private readonly Simulation _simulation;
    private readonly List<int> _pending = [];
    private readonly bool _diagnoses;

    /// <summary>Begins on a restored simulation, of which nothing can be told beyond its state: who waits for whom is not asked at the end.</summary>
    internal static SteppedRun OfRestored(Simulation simulation) => new(simulation, diagnoses: false);

    /// <summary>Takes over a simulation that stands at its start, or wherever it was stepped to. At the start daemons come up first: their first steps are no choices.</summary>
    public SteppedRun(Simulation simulation)
        : this(simulation, diagnoses: true)
    {
    }

    private SteppedRun(Simulation simulation, bool diagnoses)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        (_simulation, _diagnoses) = (simulation, diagnoses);
        simulation.MakeCurrent();
        if (simulation.Events == 0)
        {
            simulation.Boot();
        }

        Look();
    }

    /// <summary>The simulation.</summary>
    public Simulation Simulation => _simulation;

    /// <summary>Steps taken here.</summary>
    public int Steps { get; private set; }

    /// <summary>True when it has ended: all work done, a rule broken, or nothing pending any more. <see cref="Simulation.Outcome"/> says how.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True when nothing is pending any more although the work is not done.</summary>
    internal bool IsDry { get; private set; }

    /// <summary>True when it was ended at a limit.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>How many pending steps there are to choose from; 0 when it is over.</summary>
    public int Count => IsOver ? 0 : _pending.Count;

    /// <summary>The process whose step is pending at a place [0..Count-1]: first those ready now in their order, then those that wait for time, by slot.</summary>
    public Process this[int index] => _simulation.HandleOf(_simulation.FrameAt(_pending[index]));

    /// <summary>The slot of that process.</summary>
    internal int SlotAt(int index) => _pending[index];

    /// <summary>The mark of the delay or timeout that a pending step waits for, of which there is no second in a run; 0 for one that is ready.</summary>
    internal ulong KeyAt(int index) => _simulation.KeyOf(_pending[index]);

    /// <summary>When the step at a place is due as modelled: now, or when its delay or timeout has passed. One that the clock was moved past is due now.</summary>
    public VirtualTime DueAt(int index) => new(_simulation.DueOf(_pending[index]));

    /// <summary>Steps the process at a place.</summary>
    public void Step(int index)
    {
        Steps++;
        IsOver = _simulation.StepPending(_pending[index]);
        if (!IsOver)
        {
            Look();
        }
    }

    /// <summary>Moves the clock, for a run that puts its steps in time.</summary>
    /// <param name="now">Not before the present instant.</param>
    public void MoveClock(VirtualTime now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now.Picoseconds, _simulation.NowPicoseconds, nameof(now));
        _simulation.SetClock(now.Picoseconds);
    }

    /// <summary>Ends a run that goes on for too long: <see cref="Outcome"/> then says time limit, or deadlock if somebody is found to wait for ever.</summary>
    public void GiveUp()
    {
        if (_diagnoses)
        {
            _simulation.EndAtStepLimit(Steps);
        }

        IsOver = IsGivenUp = true;
    }

    /// <summary>Begins again: the simulation was restored.</summary>
    internal void Restart()
    {
        Steps = 0;
        IsOver = IsDry = IsGivenUp = false;
        Look();
    }

    /// <summary>Ends a run in which processes keep waking each other while the clock stands still.</summary>
    /// <param name="least">Fewer steps at this instant are none [1..].</param>
    /// <returns>False, without effect, when there were fewer.</returns>
    internal bool EndIfLivelock(long least) => IsOver = _simulation.EndAsLivelockByHand(least);

    private void Look()
    {
        _simulation.CollectPending(_pending);
        if (_pending.Count > 0)
        {
            return;
        }

        if (_diagnoses)
        {
            _simulation.EndDryByHand();
        }

        IsOver = IsDry = true;
    }
}

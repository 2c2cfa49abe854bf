using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>Something that happens after a while without a process of its own, such as a coalescing timer. Counts as a daemon.</summary>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public abstract class Timer
{
    private readonly TimerFrame _frame;

    /// <summary>Makes an unarmed timer.</summary>
    /// <param name="simulation">The simulation it runs in.</param>
    /// <param name="name">What it is called outside.</param>
    protected Timer(Simulation simulation, string name)
    {
        Simulation = simulation;
        Name = name;
        _frame = new TimerFrame(simulation, this);
    }

    /// <summary>The simulation it runs in.</summary>
    public Simulation Simulation { get; }

    /// <summary>What it is called outside.</summary>
    [field: NotState]
    public string Name { get; }

    /// <summary>True between arming and expiry or cancelling.</summary>
    public bool IsArmed => _frame.IsArmed;

    /// <summary>Lets it expire after <paramref name="delay"/>; an armed timer is moved.</summary>
    public void Arm(Duration delay)
    {
        Cancel();
        _frame.Arm(delay.Picoseconds);
    }

    /// <summary>Takes it back; without effect on an unarmed timer.</summary>
    public void Cancel()
    {
        if (_frame.IsArmed)
        {
            _frame.Cancel();
        }
    }

    /// <summary>The time has come. Runs outside any process: it may wake and arm, never wait.</summary>
    protected abstract void OnExpired();

    internal void Expire() => OnExpired();
}

/// <summary>The engine's side of a timer: holds a slot only while something of it is scheduled.</summary>
internal sealed class TimerFrame : ProcessFrame
{
    private readonly Timer _timer;
    private int _cancelledInLane;
    private bool _inLane;

    internal TimerFrame(Simulation simulation, Timer timer)
        : base(simulation, -1)
    {
        _timer = timer;
        Begin();
        Name = timer.Name;
        IsDaemon = true;
    }

    internal bool IsArmed => _inLane || ArmedKey != 0;

    internal override Type StateMachine => typeof(Timer);

    internal override int Location => 0;

    internal override Type KindType => _timer.GetType();

    internal void Arm(long delay)
    {
        if (!HasSlot)
        {
            Simulation.TakeSlot(this);
        }

        _inLane = delay == 0;
        Simulation.Schedule(this, Slot, delay);
    }

    internal void Cancel()
    {
        if (_inLane)
        {
            _inLane = false;
            _cancelledInLane++;
            return;
        }

        Simulation.Disarm(this);
        ReleaseWhenQuiet();
    }

    internal override void Step()
    {
        if (_cancelledInLane > 0)
        {
            _cancelledInLane--;
        }
        else
        {
            _inLane = false;
            _timer.Expire();
        }

        ReleaseWhenQuiet();
    }

    protected override void CaptureFrame(StateWriter writer) => writer.Byte(HasSlot ? (byte)1 : (byte)0);

    /// <summary>A fixed timer takes its slot here; another one has it since it was made.</summary>
    protected override void RestoreFrame(StateReader reader)
    {
        Top = this;   // the copy of another has that one here
        if (reader.Byte() == 1 && !HasSlot)
        {
            Simulation.TakeSlot(this);
        }
    }

    internal override void Recycle()
    {
        ArmedKey = 0;
        _inLane = false;
        _cancelledInLane = 0;
    }

    private void ReleaseWhenQuiet()
    {
        if (HasSlot && !IsArmed && _cancelledInLane == 0)
        {
            Simulation.ReleaseSlot(this);
        }
    }
}

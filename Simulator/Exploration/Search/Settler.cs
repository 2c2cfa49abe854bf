using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>
/// Fusion: after a step, takes every pending step that touches only what its process alone can reach, or what never
/// changes. Such a step commutes with all others, now and later, so its other orders need not be looked at.
/// </summary>
/// <remarks>
/// Whether a step is of that kind is tried out: it is run with every other reference taken from its process
/// (<see cref="Blindfold"/>) and, when it did not need one, put back and run for good. A place in the code that needed one is not
/// tried again. Keeps final states, hangs and broken rules; not what a step passes through on the way.
/// A step that asks only whether a shared reference is null would be misjudged; comparing where both runs end catches it
/// when the answer decides where the process waits next. A step that ends the run while others could go on is not of that
/// kind: what they would have done is no longer seen.
/// </remarks>
internal sealed class Settler
{
    private const int Most = 10_000;   // steps after which they are said not to end

    private readonly StateCodec _codec;
    private readonly Simulation _simulation;
    private readonly bool _isOn;
    private readonly List<(Type Machine, int State)> _sharing = [];   // places in the code that need what others can reach; few
    private readonly List<int> _taken = [];
    private readonly Blindfold _blindfold;
    private byte[] _before = new byte[1024];

    internal Settler(StateCodec codec, bool isOn) => (_codec, _simulation, _isOn, _blindfold) = (codec, codec.Simulation, isOn, codec.NewBlindfold());

    /// <summary>How many places in the code are known to need what others can reach. What is fused depends on it: set back, to settle once more as it was done then.</summary>
    internal int Known
    {
        get => _sharing.Count;
        set => _sharing.RemoveRange(Math.Min(value, _sharing.Count), Math.Max(0, _sharing.Count - value));
    }

    /// <summary>Steps fused so far.</summary>
    internal long Steps { get; private set; }

    /// <summary>True when the last step taken ended the run.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Places, in the canonical order of the state before each, of the processes that the last call stepped.</summary>
    internal IReadOnlyList<int> Taken => _taken;

    /// <summary>Takes such steps until there is none.</summary>
    /// <returns><see cref="EndKind.Endless"/> when they do not end.</returns>
    internal EndKind Settle()
    {
        IsOver = false;
        _taken.Clear();
        while (_isOn && !IsOver && !_simulation.HasInterrupted && FindCandidate() is { } slot)
        {
            if (_taken.Count == Most)
            {
                return EndKind.Endless;
            }

            TryStep(slot);
        }

        return EndKind.None;
    }

    /// <summary>Settles once more as it was done when less was known.</summary>
    /// <param name="known"><see cref="Known"/> then.</param>
    internal EndKind SettleAsOf(int known)
    {
        var later = _sharing.GetRange(known, _sharing.Count - known);
        Known = known;
        var end = Settle();
        Known = known;
        _sharing.AddRange(later);
        return end;
    }

    private int? FindCandidate()
    {
        for (int slot = 0; slot < _simulation.SlotCount; slot++)
        {
            if (_simulation.LiveFrameAt(slot) is { } frame && frame is not TimerFrame && _simulation.IsPending(frame) && !IsSharing(frame))
            {
                return slot;
            }
        }

        return null;
    }

    private void TryStep(int slot)
    {
        var where = Where(_simulation.FrameAt(slot));
        var bytes = _codec.Capture();
        int place = _codec.PlaceOf(slot);
        Keep(bytes);
        if (Rehearse(slot) is { } after)
        {
            _codec.Restore(_before);
            IsOver = _simulation.StepPending(place);
            if (_simulation.Broken is null && After(place) == after && !(IsOver && _simulation.IsAnythingPending))
            {
                Steps++;
                _taken.Add(place);
                return;
            }
        }

        _codec.Restore(_before);
        IsOver = false;
        _sharing.Add(where);
    }

    /// <summary>Runs the step blindfold; where it ends, or null when it needed what it may not see.</summary>
    private (Type, int, bool, int)? Rehearse(int slot)
    {
        if (!_blindfold.PutOn(_simulation.FrameAt(slot)))
        {
            return null;
        }

        _simulation.StepPending(slot);
        bool failed = _simulation.Broken is not null;
        var after = failed ? default : After(slot);
        _blindfold.TakeOff();
        return failed ? null : after;
    }

    /// <summary>Where the process is, whether it can go on, and how many processes there are.</summary>
    private (Type, int, bool, int) After(int slot)
    {
        int alive = 0;
        for (int i = 0; i < _simulation.SlotCount; i++)
        {
            alive += _simulation.LiveFrameAt(i) is null ? 0 : 1;
        }

        return _simulation.LiveFrameAt(slot) is { } frame
            ? (Where(frame).Machine, Where(frame).State, _simulation.IsPending(frame), alive)
            : (typeof(void), 0, false, alive);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_before.Length < bytes.Length)
        {
            _before = new byte[bytes.Length * 2];
        }

        bytes.CopyTo(_before);
    }

    private bool IsSharing(ProcessFrame frame)
    {
        var (machine, state) = Where(frame);
        foreach (var known in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sharing))
        {
            if (ReferenceEquals(known.Machine, machine) && known.State == state)
            {
                return true;
            }
        }

        return false;
    }

    private static (Type Machine, int State) Where(ProcessFrame frame) => (frame.Top.StateMachine, frame.Top.Location);
}

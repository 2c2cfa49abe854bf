using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>
/// Writes the canonical bytes of a simulation: everything reachable from its processes, in visiting order. An object is
/// the number of its first visit; integers take as many bytes as they need.
/// </summary>
/// <remarks>
/// <code>
///   fixed objects, what can change of them │ processes alone of their kind │ the rest, each a segment of its own, sorted
/// </code>
/// A segment numbers what only its process reaches from its own start, so that its bytes do not depend on who comes
/// before; sorting the segments makes states equal that differ only in which of several equal processes is where.
/// </remarks>
internal sealed partial class StateWriter
{
    private const int LastStamp = int.MaxValue - (1 << 22);   // one capture takes a few for each process: then stamps begin anew

    private readonly Simulation _simulation;
    private readonly LayoutTable _layouts;
    private readonly FixedObjects _fixed;
    private readonly ConstantTable _constants;
    private readonly IdentityTable _numbers = new();
    private readonly bool _symmetry;
    private readonly List<ProcessFrame> _order = [];
    private readonly List<ProcessFrame> _unreached = [];
    private readonly List<ProcessFrame> _members = [];
    private readonly Segments _segments = new();
    private readonly Predicate<ProcessFrame> _isNumbered;   // made once: a capture allocates nothing

    private byte[] _bytes = new byte[4096];
    private int _length;
    private object[] _objects = new object[256];
    private TypeLayout[] _types = new TypeLayout[256];
    private int _count;          // objects numbered
    private int _drained;        // of those, written
    private int _stamp;          // of this capture
    private int _segmentStamp;   // of the segment being written; equal to _stamp outside of segments
    private int _lastStamp;      // given to any segment
    private int _base;           // number at which the segment began
    private bool _isShared;      // an object was reached by two segments
    private ProcessFrame? _frame;

    internal StateWriter(Simulation simulation, LayoutTable layouts, FixedObjects fixedObjects, ConstantTable constants, bool symmetry)
    {
        (_simulation, _layouts, _fixed, _constants, _symmetry) = (simulation, layouts, fixedObjects, constants, symmetry);
        _isNumbered = IsNumbered;
        NumberFixed();
    }

    /// <summary>True when objects that it meets may be copied for restored states.</summary>
    internal bool Learns { get; init; }

    /// <summary>True to write which process is which; for one without symmetry.</summary>
    internal bool HasIdentities { get; init; }

    /// <summary>Where references are noted; null for nowhere. Only without symmetry are objects numbered as they are met.</summary>
    internal EdgeList? Edges { get; init; }

    /// <summary>Objects that the last capture has numbered.</summary>
    internal int Numbered => _count;

    /// <summary>The number of an object in the last capture, and whether it is that of a fixed one; -1 for a value that has none.</summary>
    internal (int Number, bool IsFixed) NumberOf(object value)
    {
        int place = _numbers.Find(value, out bool found);
        return found ? (_numbers.NumberAt(place), _numbers.StampAt(place) == IdentityTable.Forever) : (-1, false);
    }

    /// <summary>The bytes of the last capture.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The processes of the last capture in canonical order: after a restore each has its place in it as its slot.</summary>
    internal IReadOnlyList<ProcessFrame> Order => _order;

    /// <summary>Captures the simulation as it stands.</summary>
    internal void Capture()
    {
        Begin();
        foreach (var (value, layout) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_fixed.Changing))
        {
            if (value is ProcessFrame { HasSlot: true } timer)
            {
                _order.Add(timer);
            }

            Content(value, layout, layout.MutableLeaves);
        }

        Drain();
        FindUnreached();
        WriteSingles();
        WriteSegments();
    }

    // ── what is written ─────────────────────────────────────────────────

    internal void Count(int value) => Number((uint)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Byte(byte value)
    {
        if (_length == _bytes.Length)
        {
            Array.Resize(ref _bytes, _length * 2);
        }

        _bytes[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte(unchecked((byte)(value | 0x80)));
            value >>= 7;
        }

        Byte(unchecked((byte)value));
    }

    internal void Signed(long value) => Number(unchecked((ulong)((value << 1) ^ (value >> 63))));

    internal void Item<T>(T item, Leaf[] leaves) => Values(ref Unsafe.As<T, byte>(ref item), leaves);

    /// <summary>Writes which object it is, and numbers it when it is met for the first time.</summary>
    internal void Reference(object? value, LeafDetails? details = null)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        Edges?.Add(value);
        int place = _numbers.Find(value, out bool found);
        if (found)
        {
            int stamp = _numbers.StampAt(place);
            int number = _numbers.NumberAt(place);
            if (stamp == IdentityTable.Forever)
            {
                Number((ulong)number + 2);
                return;
            }

            if (stamp == _segmentStamp || stamp == _stamp)
            {
                Known(number);
                return;
            }

            _isShared = true;
        }

        First(value, place, details);
    }

    /// <summary>True when the process whose frames are being written waits on this.</summary>
    internal bool IsWaiting(Waitable waitable) => ReferenceEquals(_frame?.WaitingOn, waitable);

    private void Begin()
    {
        if (_lastStamp > LastStamp)
        {
            NumberFixed();
            _lastStamp = 0;
        }

        _stamp = _segmentStamp = ++_lastStamp;
        Edges?.Clear();
        _numbers.Forget(_stamp);
        _length = _count = _drained = _base = 0;
        _isShared = false;
        _order.Clear();
        _simulation.CountLane();
        if (HasIdentities)
        {
            _simulation.AssignIdentities();
        }
    }

    private void NumberFixed()
    {
        _numbers.Clear();
        for (int i = 0; i < _fixed.All.Count; i++)
        {
            int place = _numbers.Find(_fixed.All[i], out _);
            _numbers.Put(place, _fixed.All[i], i, IdentityTable.Forever);
        }
    }
}

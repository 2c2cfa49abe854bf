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
internal sealed class StateWriter
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

    // ── the order of things ─────────────────────────────────────────────

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

    private void FindUnreached()
    {
        _unreached.Clear();
        for (int slot = 0; slot < _simulation.SlotCount; slot++)
        {
            if (_simulation.LiveFrameAt(slot) is { } frame && !IsNumbered(frame))
            {
                frame.Kind = _layouts.Of(frame.KindType).Id;
                _unreached.Add(frame);
            }
        }
    }

    private bool IsNumbered(object value)
    {
        int place = _numbers.Find(value, out bool found);
        return found && (_numbers.StampAt(place) == _stamp || _numbers.StampAt(place) == IdentityTable.Forever);
    }

    /// <summary>Processes alone of their kind come first: what they reach is ordered by structure. Without symmetry everybody does, by slot.</summary>
    private void WriteSingles()
    {
        if (_symmetry || HasIdentities)
        {
            SortByKind();
        }

        for (int i = 0; i < _unreached.Count; i++)
        {
            if ((!_symmetry || IsAlone(i)) && !IsNumbered(_unreached[i]))
            {
                Reference(_unreached[i]);
                Drain();
            }
        }

        Byte(0);   // no reference: the end
        _unreached.RemoveAll(_isNumbered);
    }

    private void SortByKind()
    {
        for (int i = 1; i < _unreached.Count; i++)
        {
            var frame = _unreached[i];
            int kind = KindOf(frame);
            int at = i;
            while (at > 0 && KindOf(_unreached[at - 1]) > kind)
            {
                _unreached[at] = _unreached[at - 1];
                at--;
            }

            _unreached[at] = frame;
        }
    }

    private bool IsAlone(int index)
    {
        int kind = KindOf(_unreached[index]);
        return (index == 0 || KindOf(_unreached[index - 1]) != kind) && (index == _unreached.Count - 1 || KindOf(_unreached[index + 1]) != kind);
    }

    private int KindOf(ProcessFrame frame) => HasIdentities ? frame.Identity : frame.Kind;

    private void WriteSegments()
    {
        Count(_unreached.Count);
        int to;
        for (int from = 0; from < _unreached.Count; from = to)
        {
            int kind = KindOf(_unreached[from]);
            to = from + 1;
            while (to < _unreached.Count && KindOf(_unreached[to]) == kind)
            {
                to++;
            }

            WriteGroup(from, to);
        }
    }

    /// <summary>Processes of one kind: those that an earlier group has reached leave an empty place.</summary>
    private void WriteGroup(int from, int to)
    {
        _members.Clear();
        for (int i = from; i < to; i++)
        {
            if (!IsNumbered(_unreached[i]))
            {
                _members.Add(_unreached[i]);
            }
        }

        for (int reached = to - from - _members.Count; reached > 0; reached--)
        {
            Byte(0);
        }

        if (_members.Count == 1)
        {
            WriteFinal(_members[0]);
        }
        else if (_members.Count > 1)
        {
            WriteMembers();
        }
    }

    /// <summary>Each member as if it were the first; in the order of their bytes they are final, unless two of them reach the same object.</summary>
    private void WriteMembers()
    {
        (int start, int count, int ordered) = (_length, _count, _order.Count);
        _isShared = false;
        CompareMembers();
        _segments.Sort(_bytes);
        if (!_isShared)
        {
            _segments.Apply(_bytes, start, _order, ordered);
            Renumber(count);
            return;
        }

        while (_members.Count > 1)
        {
            var least = _segments[0];
            Rewind(start, count, ordered);
            WriteFinal(least);
            (start, count, ordered) = (_length, _count, _order.Count);
            DropNumbered(ref start);
            CompareMembers();
            _segments.Sort(_bytes);
        }

        Rewind(start, count, ordered);
        if (_members.Count == 1)
        {
            WriteFinal(_members[0]);
        }
    }

    private void CompareMembers()
    {
        _segments.Clear();
        for (int i = 0; i < _members.Count && _members.Count > 1; i++)
        {
            (int start, int firstFrame, int firstObject) = (_length, _order.Count, _count);
            WriteSegment(_members[i]);
            _segments.Add(new Segment
            {
                Frame = _members[i],
                Start = start,
                End = _length,
                FirstFrame = firstFrame,
                EndFrame = _order.Count,
                FirstObject = firstObject,
                EndObject = _count,
            });
        }
    }

    private void WriteSegment(ProcessFrame frame)
    {
        _segmentStamp = ++_lastStamp;
        _base = _count;
        Reference(frame);
        Drain();
        _segmentStamp = _stamp;
    }

    /// <summary>A segment that stays where it is; what it reaches has its number for all that follow.</summary>
    private void WriteFinal(ProcessFrame frame)
    {
        int first = _count;
        WriteSegment(frame);
        for (int i = first; i < _count; i++)
        {
            _numbers.Restamp(_numbers.Find(_objects[i], out _), _stamp);
        }
    }

    private void Rewind(int length, int count, int ordered)
    {
        (_length, _count, _drained) = (length, count, count);
        _order.RemoveRange(ordered, _order.Count - ordered);
    }

    /// <summary>Members that the last one has reached leave an empty place.</summary>
    private void DropNumbered(ref int length)
    {
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            if (IsNumbered(_members[i]))
            {
                bool isLast = ReferenceEquals(_members[i], _segments[0]);
                _members.RemoveAt(i);
                if (!isLast)
                {
                    Byte(0);
                }
            }
        }

        length = _length;
    }

    /// <summary>The objects of sorted segments are numbered in their order.</summary>
    private void Renumber(int first)
    {
        int number = first;
        for (int s = 0; s < _segments.Count; s++)
        {
            for (int i = _segments.FirstObjectOf(s); i < _segments.EndObjectOf(s); i++)
            {
                _numbers.Put(_numbers.Find(_objects[i], out _), _objects[i], number++, _stamp);
            }
        }
    }

    // ── objects ─────────────────────────────────────────────────────────

    private void Known(int number)
    {
        bool isLocal = _segmentStamp != _stamp && number >= _base;
        ulong code = isLocal ? ((ulong)(uint)(number - _base) << 1) | 1 : (ulong)(uint)number << 1;
        Number(code + 2 + (ulong)_fixed.All.Count);
    }

    private void First(object value, int place, LeafDetails? details)
    {
        var layout = _layouts.Of(value.GetType(), details?.Path);
        if (layout.IsConstant)
        {
            Byte(1);
            Count(_constants.NumberOf(value));
            return;
        }

        int number = Enter(value, place, layout);
        Known(number);
        Count(layout.Id);
        if (layout.IsDelegate)
        {
            Delegate((Delegate)value, layout);
        }
        else if (layout.IsArray)
        {
            Count(((Array)value).Length);
        }
        else if (layout.IsTimer)
        {
            Byte(((ProcessFrame)value).HasSlot ? (byte)1 : (byte)0);
        }
    }

    private int Enter(object value, int place, TypeLayout layout)
    {
        if (_count == _objects.Length)
        {
            Array.Resize(ref _objects, _count * 2);
            Array.Resize(ref _types, _count * 2);
        }

        if (Learns)
        {
            layout.Model ??= value;
        }

        _objects[_count] = value;
        _types[_count] = layout;
        _numbers.Put(place, value, _count, _segmentStamp);
        if (layout.IsProcess && Unsafe.As<ProcessFrame>(value).HasSlot)
        {
            _order.Add(Unsafe.As<ProcessFrame>(value));
        }

        return _count++;
    }

    private void Delegate(Delegate value, TypeLayout layout)
    {
        if (!value.HasSingleTarget)
        {
            throw new NotCapturableException($"a {LayoutTable.Name(layout.Type)} with several methods cannot be part of a state");
        }

        Count(_constants.NumberOf(value.Method));
        Reference(value.Target);
    }

    private void Drain()
    {
        while (_drained < _count)
        {
            int at = _drained++;
            Edges?.Next();
            Content(_objects[at], _types[at], _types[at].Leaves);
        }
    }

    private void Content(object value, TypeLayout layout, Leaf[] leaves)
    {
        if (layout.Collection is { } collection)
        {
            collection.Write(this, value);
            return;
        }

        if (layout.IsArray)
        {
            Elements((Array)value, layout);
            return;
        }

        if (layout.IsDelegate)
        {
            return;
        }

        _frame = layout.IsProcess ? Unsafe.As<ProcessFrame>(value) : null;
        if (layout.IsProcess)
        {
            Unsafe.As<ProcessFrame>(value).CaptureProcess(this);   // what it waits on says how its awaiters are written
        }

        Values(ref RawObject.Of(value), leaves);
        if (layout.IsCaptured && !layout.IsProcess)
        {
            CapturePart(value, layout);
        }
    }

    private void CapturePart(object value, TypeLayout layout)
    {
        if (layout.IsWaitable)
        {
            Unsafe.As<Waitable>(value).CaptureQueue(this);
        }
        else
        {
            ((ICaptured)value).Capture(this);
        }
    }

    private void Elements(Array array, TypeLayout layout)
    {
        ref byte data = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array);
        for (int i = 0; i < array.Length; i++)
        {
            Values(ref Unsafe.Add(ref data, i * layout.ElementSize), layout.Leaves);
        }
    }

    /// <summary>Values in groups of eight: a byte says which are not zero, then come those.</summary>
    private void Values(ref byte start, Leaf[] leaves)
    {
        for (int first = 0; first < leaves.Length; first += 8)
        {
            int maskAt = _length;
            Byte(0);
            int mask = 0;
            int end = Math.Min(leaves.Length, first + 8);
            for (int i = first, bit = 1; i < end; i++, bit <<= 1)
            {
                ref readonly var leaf = ref leaves[i];
                ref byte place = ref Unsafe.Add(ref start, leaf.Offset);
                if (leaf.Kind == LeafKind.Reference)
                {
                    if (Unsafe.As<byte, object?>(ref place) is { } value)
                    {
                        mask |= bit;
                        Reference(value, leaf.Details);
                        NoteFrame(leaf, value);
                    }
                }
                else if (Other(leaf, ref place))
                {
                    mask |= bit;
                }
            }

            _bytes[maskAt] = unchecked((byte)mask);
        }
    }

    /// <summary>Writes a value that is no reference; false, with nothing written, when it is zero.</summary>
    private bool Other(in Leaf leaf, ref byte place)
    {
        switch (leaf.Kind)
        {
            case LeafKind.Bool:
                return place != 0;
            case LeafKind.Byte:
                return Small(place);
            case LeafKind.Int:
                return Whole(Unsafe.As<byte, int>(ref place));
            case LeafKind.Long:
                return Whole(Unsafe.As<byte, long>(ref place));
            case LeafKind.Short:
                return Whole(Unsafe.As<byte, short>(ref place));
            default:
                return Special(leaf, ref place);
        }
    }

    private bool Small(byte value)
    {
        if (value == 0)
        {
            return false;
        }

        Byte(value);
        return true;
    }

    private bool Whole(long value)
    {
        if (value == 0)
        {
            return false;
        }

        Signed(value);
        return true;
    }

    /// <summary>In a debug build a state machine is an object of its own; its builder, met first, says whose it is. So does the owner of an operation; its parent may not be known yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteFrame(in Leaf leaf, object? value)
    {
        if (leaf.TellsFrame && _frame is null && value is Frame frame)
        {
            _frame = frame.Root;
        }
    }

    private bool Special(in Leaf leaf, ref byte place)
    {
        switch (leaf.Kind)
        {
            case LeafKind.ProcessHandle:
                return Handle(Unsafe.As<byte, Process>(ref place));
            case LeafKind.Suspension:
                return !Unsafe.As<byte, Suspension>(ref place).IsCompleted;
            case LeafKind.Simulation:
                return Unsafe.As<byte, object?>(ref place) is not null;
            default:
                return leaf.Details.Delivery!.Write(this, ref place);
        }
    }

    /// <summary>Nothing for no process, 1 for one that has ended, else 2 and which.</summary>
    private bool Handle(Process process)
    {
        if (process.Frame is { } frame)
        {
            Byte(2);
            Reference(frame);
            return true;
        }

        if (process.Exists)
        {
            Byte(1);
        }

        return process.Exists;
    }
}

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
    private readonly Simulation _simulation;
    private readonly LayoutTable _layouts;
    private readonly FixedObjects _fixed;
    private readonly ConstantTable _constants;
    private readonly IdentityTable _numbers = new();
    private readonly bool _symmetry;
    private readonly List<ProcessFrame> _order = [];
    private readonly List<ProcessFrame> _unreached = [];
    private readonly Segments _segments = new();

    private byte[] _bytes = new byte[4096];
    private int _length;
    private object[] _objects = new object[256];
    private TypeLayout[] _types = new TypeLayout[256];
    private int _count;          // objects numbered
    private int _drained;        // of those, written
    private int _stamp = 1;      // of this capture
    private int _segmentStamp;   // of the segment being written; equal to _stamp outside of segments
    private int _base;           // number at which the segment began
    private bool _isShared;      // an object was reached by two segments
    private ProcessFrame? _frame;

    internal StateWriter(Simulation simulation, LayoutTable layouts, FixedObjects fixedObjects, ConstantTable constants, bool symmetry)
    {
        (_simulation, _layouts, _fixed, _constants, _symmetry) = (simulation, layouts, fixedObjects, constants, symmetry);
        for (int i = 0; i < fixedObjects.All.Count; i++)
        {
            int place = _numbers.Find(fixedObjects.All[i], out _);
            _numbers.Put(place, fixedObjects.All[i], i, IdentityTable.Forever);
        }
    }

    /// <summary>True when objects that it meets may be copied for restored states.</summary>
    internal bool Learns { get; init; }

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

    internal void Item<T>(T item, Leaf[] leaves) => Values(ref Unsafe.As<T, byte>(ref item), leaves, null);

    /// <summary>Writes which object it is, and numbers it when it is met for the first time.</summary>
    internal void Reference(object? value, string? path = null)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

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

        First(value, place, path);
    }

    /// <summary>True when the process whose frames are being written waits on this.</summary>
    internal bool IsWaiting(Waitable waitable) => ReferenceEquals(_frame?.WaitingOn, waitable);

    // ── the order of things ─────────────────────────────────────────────

    private void Begin()
    {
        if (_stamp > int.MaxValue - 100_000)
        {
            throw new InvalidOperationException("more states were captured than a search can count");
        }

        _stamp = Math.Max(_stamp, _segmentStamp) + 1;
        _segmentStamp = _stamp;
        _numbers.Forget(_stamp);
        _length = _count = _drained = _base = 0;
        _isShared = false;
        _order.Clear();
        _simulation.CountLane();
    }

    private void FindUnreached()
    {
        _unreached.Clear();
        for (int slot = 0; slot < _simulation.SlotCount; slot++)
        {
            if (_simulation.LiveFrameAt(slot) is { } frame && !IsNumbered(frame))
            {
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
        int lengthAt = _length;
        Byte(0);
        int written = 0;
        if (_symmetry)
        {
            SortByKind();
        }

        for (int i = 0; i < _unreached.Count; i++)
        {
            if ((!_symmetry || IsAlone(i)) && !IsNumbered(_unreached[i]))
            {
                Reference(_unreached[i]);
                Drain();
                written++;
            }
        }

        _bytes[lengthAt] = checked((byte)written);
        _unreached.RemoveAll(IsNumbered);
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

    private int KindOf(ProcessFrame frame) => _layouts.Of(frame.KindType).Id;

    private void WriteSegments()
    {
        Count(_unreached.Count);
        if (_unreached.Count == 0)
        {
            return;
        }

        int start = _length;
        int base0 = _count;
        int ordered = _order.Count;
        _segments.Clear();
        foreach (var frame in _unreached)
        {
            _base = _count = _drained = base0;
            WriteSegment(frame);
        }

        _segments.Sort(_bytes);
        if (_isShared)
        {
            WriteAgain(start, base0, ordered);
            return;
        }

        _segments.Apply(_bytes, start, _order, ordered);
    }

    private void WriteSegment(ProcessFrame frame)
    {
        _segmentStamp++;
        int start = _length;
        int first = _order.Count;
        Reference(frame);
        Drain();
        _segments.Add(frame, start, _length, first, _order.Count);
    }

    /// <summary>Some object belongs to two segments: write them once more in the order found, now with numbers that hold in all.</summary>
    private void WriteAgain(int start, int base0, int ordered)
    {
        _length = start;
        _order.RemoveRange(ordered, _order.Count - ordered);
        _count = _drained = base0;
        _segmentStamp++;
        int newStamp = _segmentStamp;
        for (int i = 0; i < _segments.Count; i++)
        {
            _segmentStamp = ++newStamp;
            _base = _count;
            if (IsNumbered(_segments[i]))
            {
                Byte(0);
                continue;
            }

            Reference(_segments[i]);
            Drain();
            MakeGlobal(_base);
        }

        _segmentStamp = newStamp + 1;
    }

    private void MakeGlobal(int from)
    {
        for (int i = from; i < _count; i++)
        {
            _numbers.Restamp(_numbers.Find(_objects[i], out _), _stamp);
        }
    }

    // ── objects ─────────────────────────────────────────────────────────

    private void Known(int number)
    {
        bool isLocal = _segmentStamp != _stamp && number >= _base;
        ulong code = isLocal ? ((ulong)(uint)(number - _base) << 1) | 1 : (ulong)(uint)number << 1;
        Number(code + 2 + (ulong)_fixed.All.Count);
    }

    private void First(object value, int place, string? path)
    {
        var layout = _layouts.Of(value.GetType(), path);
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
        if (layout.IsProcess && ((ProcessFrame)value).HasSlot)
        {
            _order.Add((ProcessFrame)value);
        }

        return _count++;
    }

    private void Delegate(Delegate value, TypeLayout layout)
    {
        if (value.GetInvocationList().Length > 1)
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

        _frame = value as ProcessFrame;
        if (layout.IsCaptured)
        {
            ((ICaptured)value).Capture(this);
        }

        Values(ref RawObject.Of(value), leaves, value);
    }

    private void Elements(Array array, TypeLayout layout)
    {
        ref byte data = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array);
        for (int i = 0; i < array.Length; i++)
        {
            Values(ref Unsafe.Add(ref data, i * layout.ElementSize), layout.Leaves, null);
        }
    }

    private void Values(ref byte start, Leaf[] leaves, object? self)
    {
        for (int i = 0; i < leaves.Length; i++)
        {
            ref readonly var leaf = ref leaves[i];
            ref byte place = ref Unsafe.Add(ref start, leaf.Offset);
            switch (leaf.Kind)
            {
                case LeafKind.Reference:
                    object? value = Unsafe.As<byte, object?>(ref place);
                    Reference(value, leaf.Path);
                    NoteFrame(leaf, value);
                    break;
                case LeafKind.Int:
                    Signed(Unsafe.As<byte, int>(ref place));
                    break;
                case LeafKind.Byte:
                    Byte(place);
                    break;
                case LeafKind.Long:
                    Signed(Unsafe.As<byte, long>(ref place));
                    break;
                case LeafKind.Short:
                    Signed(Unsafe.As<byte, short>(ref place));
                    break;
                default:
                    Special(leaf, ref place, self);
                    break;
            }
        }
    }

    /// <summary>In a debug build a state machine is an object of its own; its builder says whose it is. An operation belongs to its owner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteFrame(in Leaf leaf, object? value)
    {
        if (leaf.TellsFrame && value is Frame frame)
        {
            _frame = frame.Root;
        }
    }

    private void Special(in Leaf leaf, ref byte place, object? self)
    {
        switch (leaf.Kind)
        {
            case LeafKind.ProcessHandle:
                Handle(Unsafe.As<byte, Process>(ref place));
                break;
            case LeafKind.Suspension:
                Byte(Unsafe.As<byte, Suspension>(ref place).IsCompleted ? (byte)0 : (byte)1);
                break;
            case LeafKind.StoreSuspension:
                leaf.Delivery!.Write(this, ref place);
                break;
        }
    }

    private void Handle(Process process)
    {
        if (process.Frame is { } frame)
        {
            Byte(2);
            Reference(frame);
            return;
        }

        Byte(process.Exists ? (byte)1 : (byte)0);
    }
}

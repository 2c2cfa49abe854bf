using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Puts a simulation into the state that bytes say: fixed objects in place, all others rebuilt from arenas. Allocates nothing once the arenas have grown.</summary>
internal sealed class StateReader
{
    private readonly Simulation _simulation;
    private readonly LayoutTable _layouts;
    private readonly FixedObjects _fixed;
    private readonly ConstantTable _constants;
    private readonly Arenas _arenas;
    private readonly DelegateTable _delegates = new();

    private byte[] _bytes = [];
    private int _at;
    private object[] _objects = new object[256];
    private TypeLayout[] _types = new TypeLayout[256];
    private int _count;
    private int _drained;
    private int _base;
    private ProcessFrame? _frame;

    internal StateReader(Simulation simulation, LayoutTable layouts, FixedObjects fixedObjects, ConstantTable constants, Arenas arenas) =>
        (_simulation, _layouts, _fixed, _constants, _arenas) = (simulation, layouts, fixedObjects, constants, arenas);

    /// <summary>True when the bytes hold which process is which.</summary>
    internal bool HasIdentities { get; init; }

    /// <summary>Restores a state.</summary>
    /// <param name="bytes">Array that holds it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="standing">Which slots the processes take; null: in their order.</param>
    internal void Restore(byte[] bytes, int start, Standing? standing = null)
    {
        (_bytes, _at) = (bytes, start);
        _count = _drained = _base = 0;
        _arenas.Begin();
        _simulation.BeginRestore();
        ForgetCells();
        if (standing is not null)
        {
            _simulation.FreeSlotsFor(standing);
        }

        foreach (var (value, layout) in CollectionsMarshal.AsSpan(_fixed.Changing))
        {
            Content(value, layout, layout.MutableLeaves);
        }

        Drain();
        ReadSingles();
        ReadSegments();
        _simulation.EndRestore();
    }

    // ── what is read ────────────────────────────────────────────────────

    internal int Count() => (int)Number();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte Byte() => _bytes[_at++];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Number()
    {
        byte next = _bytes[_at++];
        return next < 0x80 ? next : LongNumber(next);
    }

    private ulong LongNumber(byte first)
    {
        ulong value = first & 0x7Ful;
        int shift = 7;
        byte next;
        do
        {
            next = _bytes[_at++];
            value |= (next & 0x7Ful) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return value;
    }

    internal long Signed()
    {
        ulong value = Number();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    internal T Item<T>(Leaf[] leaves)
    {
        T item = default!;
        Values(ref Unsafe.As<T, byte>(ref item), leaves);
        return item;
    }

    internal object? Reference()
    {
        ulong code = Number();
        if (code < 2)
        {
            return code == 0 ? null : _constants[Count()];
        }

        int number = (int)(code - 2);
        if (number < _fixed.All.Count)
        {
            return _fixed.All[number];
        }

        number -= _fixed.All.Count;
        int index = (number & 1) == 0 ? number >> 1 : _base + (number >> 1);
        return index < _count ? _objects[index] : First();
    }

    internal bool IsWaiting(Waitable waitable) => ReferenceEquals(_frame?.WaitingOn, waitable);

    internal void SetCell(int cell) => _frame!.Cell = cell;

    // ── objects ─────────────────────────────────────────────────────────

    private void ReadSingles()
    {
        while (Reference() is not null)
        {
            Drain();
        }
    }

    private void ReadSegments()
    {
        for (int left = Count(); left > 0; left--)
        {
            _base = _count;
            Reference();
            Drain();
        }
    }

    private object First()
    {
        var layout = _layouts[Count()];
        int number = _count;
        Grow();
        _count++;
        _types[number] = layout;
        if (layout.IsDelegate)
        {
            var made = Delegate(layout);   // its target may make the table grow
            _objects[number] = made;
            return made;
        }

        object value = layout.IsArray ? _arenas.TakeArray(layout, Count()) : _arenas.Take(layout);
        _objects[number] = value;
        if (layout.IsProcess)
        {
            EnterProcess(Unsafe.As<ProcessFrame>(value), hasSlot: !layout.IsTimer || Byte() == 1);
        }

        if (layout.IsWaitable)
        {
            Unsafe.As<Waitable>(value).ForgetForRestore();
        }

        return value;
    }

    private void EnterProcess(ProcessFrame frame, bool hasSlot)
    {
        frame.HasSlot = false;
        if (hasSlot)
        {
            _simulation.TakeSlot(frame);
        }
    }

    private Delegate Delegate(TypeLayout layout)
    {
        int method = Count();
        return _delegates.Of(layout, method, Reference(), _constants);
    }

    private void Grow()
    {
        if (_count == _objects.Length)
        {
            Array.Resize(ref _objects, _count * 2);
            Array.Resize(ref _types, _count * 2);
        }
    }

    private void ForgetCells()
    {
        foreach (var (value, layout) in CollectionsMarshal.AsSpan(_fixed.Changing))
        {
            if (layout.IsWaitable)
            {
                Unsafe.As<Waitable>(value).ForgetForRestore();
            }
            else if (layout.IsTimer)
            {
                Unsafe.As<ProcessFrame>(value).HasSlot = false;
            }
        }
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
            collection.Read(this, value);
            return;
        }

        if (layout.IsArray)
        {
            Elements((Array)value, layout);
            return;
        }

        if (!layout.IsDelegate)
        {
            Fields(value, layout, leaves);
        }
    }

    private void Fields(object value, TypeLayout layout, Leaf[] leaves)
    {
        _frame = layout.IsProcess ? Unsafe.As<ProcessFrame>(value) : null;
        ref byte start = ref RawObject.Of(value);
        if (layout.SelfOffset >= 0)
        {
            Unsafe.As<byte, object>(ref Unsafe.Add(ref start, layout.SelfOffset)) = value;
        }

        if (layout.IsProcess)
        {
            Unsafe.As<ProcessFrame>(value).RestoreProcess(this);   // what it waits on says how its awaiters are read
        }

        Values(ref start, leaves);
        if (layout.IsCaptured && !layout.IsProcess)
        {
            RestorePart(value, layout);
        }
    }

    private void RestorePart(object value, TypeLayout layout)
    {
        if (layout.IsWaitable)
        {
            Unsafe.As<Waitable>(value).RestoreQueue(this);
        }
        else
        {
            ((ICaptured)value).Restore(this);
        }
    }

    private void Elements(Array array, TypeLayout layout)
    {
        ref byte data = ref MemoryMarshal.GetArrayDataReference(array);
        for (int i = 0; i < array.Length; i++)
        {
            Values(ref Unsafe.Add(ref data, i * layout.ElementSize), layout.Leaves);
        }
    }

    private void Values(ref byte start, Leaf[] leaves)
    {
        for (int first = 0; first < leaves.Length; first += 8)
        {
            int mask = Byte();
            int end = Math.Min(leaves.Length, first + 8);
            for (int i = first; i < end; i++, mask >>= 1)
            {
                ref readonly var leaf = ref leaves[i];
                ref byte place = ref Unsafe.Add(ref start, leaf.Offset);
                bool isThere = (mask & 1) != 0;
                if (leaf.Kind == LeafKind.Reference)
                {
                    object? value = isThere ? Reference() : null;
                    Unsafe.As<byte, object?>(ref place) = value;
                    NoteFrame(leaf, value);
                }
                else
                {
                    Other(leaf, ref place, isThere);
                }
            }
        }
    }

    private void Other(in Leaf leaf, ref byte place, bool isThere)
    {
        switch (leaf.Kind)
        {
            case LeafKind.Bool:
                place = isThere ? (byte)1 : (byte)0;
                break;
            case LeafKind.Byte:
                place = isThere ? Byte() : (byte)0;
                break;
            case LeafKind.Int:
                Unsafe.As<byte, int>(ref place) = isThere ? (int)Signed() : 0;
                break;
            case LeafKind.Long:
                Unsafe.As<byte, long>(ref place) = isThere ? Signed() : 0;
                break;
            case LeafKind.Short:
                Unsafe.As<byte, short>(ref place) = isThere ? (short)Signed() : (short)0;
                break;
            default:
                Special(leaf, ref place, isThere);
                break;
        }
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

    private void Special(in Leaf leaf, ref byte place, bool isThere)
    {
        switch (leaf.Kind)
        {
            case LeafKind.ProcessHandle:
                Unsafe.As<byte, Process>(ref place) = isThere ? Handle() : default;
                break;
            case LeafKind.Simulation:
                Unsafe.As<byte, object?>(ref place) = isThere ? _simulation : null;
                break;
            case LeafKind.Suspension:
                Unsafe.As<byte, Suspension>(ref place) = isThere ? _simulation.Suspended : default;
                break;
            default:
                leaf.Details.Delivery!.Read(this, ref place, isThere);
                break;
        }
    }

    private Process Handle() =>
        Byte() == 1 ? new Process(_simulation, 0, -1) : _simulation.HandleOf((ProcessFrame)Reference()!);
}

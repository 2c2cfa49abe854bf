using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <content>Objects, each where it is first met, and the values in them.</content>
internal sealed partial class StateWriter
{
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

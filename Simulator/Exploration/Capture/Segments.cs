namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>What one of several equal processes adds to a capture: its bytes, and the frames and objects that only it reaches.</summary>
internal struct Segment
{
    internal ProcessFrame Frame;
    internal int Start;        // in the bytes
    internal int End;
    internal int FirstFrame;   // in the order of frames
    internal int EndFrame;
    internal int FirstObject;  // among the objects
    internal int EndObject;
}

/// <summary>The part of a capture that belongs to each of several equal processes, to be put in an order that does not depend on which is which.</summary>
internal sealed class Segments
{
    private Segment[] _items = new Segment[16];
    private byte[] _copy = new byte[1024];
    private readonly List<ProcessFrame> _frames = [];
    private int _count;

    internal int Count => _count;

    internal ProcessFrame this[int index] => _items[index].Frame;

    internal void Clear() => _count = 0;

    internal int FirstObjectOf(int index) => _items[index].FirstObject;

    internal int EndObjectOf(int index) => _items[index].EndObject;

    internal void Add(in Segment segment)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        _items[_count++] = segment;
    }

    /// <summary>Orders them by their bytes; equal ones are interchangeable.</summary>
    internal void Sort(byte[] bytes)
    {
        for (int i = 1; i < _count; i++)
        {
            var moved = _items[i];
            int at = i;
            while (at > 0 && Compare(bytes, _items[at - 1], moved) > 0)
            {
                _items[at] = _items[at - 1];
                at--;
            }

            _items[at] = moved;
        }
    }

    /// <summary>Moves bytes and frames into the order.</summary>
    internal void Apply(byte[] bytes, int start, List<ProcessFrame> order, int ordered)
    {
        Keep(bytes, start);
        _frames.Clear();
        int at = start;
        for (int i = 0; i < _count; i++)
        {
            ref var segment = ref _items[i];
            int size = segment.End - segment.Start;
            Buffer.BlockCopy(_copy, segment.Start - start, bytes, at, size);
            at += size;
            for (int f = segment.FirstFrame; f < segment.EndFrame; f++)
            {
                _frames.Add(order[f]);
            }
        }

        for (int f = 0; f < _frames.Count; f++)
        {
            order[ordered + f] = _frames[f];
        }
    }

    private void Keep(byte[] bytes, int start)
    {
        int end = start;
        for (int i = 0; i < _count; i++)
        {
            end = Math.Max(end, _items[i].End);
        }

        if (_copy.Length < end - start)
        {
            _copy = new byte[(end - start) * 2];
        }

        Buffer.BlockCopy(bytes, start, _copy, 0, end - start);
    }

    private static int Compare(byte[] bytes, in Segment a, in Segment b) =>
        bytes.AsSpan(a.Start, a.End - a.Start).SequenceCompareTo(bytes.AsSpan(b.Start, b.End - b.Start));
}

namespace CryptoSim.Simulator.Exploration;

/// <summary>The states that were visited, each once, numbered in the order in which they were found. Compares whole bytes, so it never takes one state for another.</summary>
internal sealed class StateStore
{
    private const int LeastChunk = 1 << 14;   // [B]
    private const int MostChunk = 1 << 24;    // [B]

    private readonly List<byte[]> _chunks = [];
    private long[] _starts = new long[1024];    // chunk and place of each state
    private int[] _lengths = new int[1024];     // [B]
    private int[] _slots = NewSlots(4096);      // open addressing: state numbers, -1 empty
    private uint[] _tags = new uint[4096];      // upper half of the hash
    private int _end;                           // where the last chunk is free
    private long _stored;                       // [B] of all states
    private int _dropped;                       // chunks that are gone

    /// <summary>How many states there are.</summary>
    internal int Count { get; private set; }

    /// <summary>[B] Memory in use, all tables counted.</summary>
    internal long Bytes { get; private set; } = 4096 * 8 + 1024 * 12;

    /// <summary>[B] The largest state.</summary>
    internal int Largest { get; private set; }

    internal ReadOnlySpan<byte> this[int state] => Locate(state, out int start).AsSpan(start, _lengths[state]);

    /// <summary>The array that holds a state and where it begins.</summary>
    internal byte[] Locate(int state, out int start)
    {
        start = (int)(_starts[state] & (uint.MaxValue));
        return _chunks[(int)(_starts[state] >> 32)];
    }

    /// <summary>The number of a state; -1 when it was not visited.</summary>
    internal int Find(ReadOnlySpan<byte> bytes) => _slots[Look(bytes, StateHash.Of(bytes))];

    /// <summary>The number of a state, which is kept when it is new.</summary>
    internal int Add(ReadOnlySpan<byte> bytes, out bool isNew)
    {
        ulong hash = StateHash.Of(bytes);
        int place = Look(bytes, hash);
        isNew = _slots[place] < 0;
        if (!isNew)
        {
            return _slots[place];
        }

        int state = Keep(bytes);
        _slots[place] = state;
        _tags[place] = (uint)(hash >> 32);
        if (Count * 4L > _slots.Length * 3L)
        {
            GrowIndex();
        }

        return state;
    }

    /// <summary>Forgets how to find a state by its bytes: none can be added any more.</summary>
    internal void DropIndex()
    {
        Bytes -= _slots.Length * 8L;
        (_slots, _tags) = ([], []);
    }

    /// <summary>Frees the memory of the states before one, as far as it holds none after them.</summary>
    internal void DropBefore(int state)
    {
        int keep = state < Count ? (int)(_starts[state] >> 32) : _chunks.Count;
        for (; _dropped < keep; _dropped++)
        {
            Bytes -= _chunks[_dropped].Length;
            _chunks[_dropped] = [];
        }

        if (state == Count)
        {
            Bytes -= _starts.Length * 12L;
            (_starts, _lengths) = ([], []);
        }
    }

    /// <summary>Where in the index a state stands, or where it would.</summary>
    private int Look(ReadOnlySpan<byte> bytes, ulong hash)
    {
        uint tag = (uint)(hash >> 32);
        int mask = _slots.Length - 1;
        int place = unchecked((int)hash) & mask;
        while (_slots[place] >= 0)
        {
            int known = _slots[place];
            if (_tags[place] == tag && _lengths[known] == bytes.Length && this[known].SequenceEqual(bytes))
            {
                break;
            }

            place = (place + 1) & mask;
        }

        return place;
    }

    private int Keep(ReadOnlySpan<byte> bytes)
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
            Bytes += Count * 12L;
        }

        if (_chunks.Count == 0 || _end + bytes.Length > _chunks[^1].Length)
        {
            AddChunk(bytes.Length);
        }

        _starts[Count] = ((long)(_chunks.Count - 1) << 32) | (uint)_end;
        _lengths[Count] = bytes.Length;
        bytes.CopyTo(_chunks[^1].AsSpan(_end));
        _end += bytes.Length;
        _stored += bytes.Length;
        Largest = Math.Max(Largest, bytes.Length);
        return Count++;
    }

    /// <summary>Chunks grow with the store, so that a small search takes little memory and a large one few chunks.</summary>
    private void AddChunk(int least)
    {
        int size = (int)Math.Clamp(_stored >> 3, LeastChunk, MostChunk);
        size = Math.Max(size, least);
        _chunks.Add(new byte[size]);
        _end = 0;
        Bytes += size;
    }

    private void GrowIndex()
    {
        int size = _slots.Length * 2;
        Bytes += size * 4L;
        _slots = NewSlots(size);
        _tags = new uint[size];
        for (int state = 0; state < Count; state++)
        {
            ulong hash = StateHash.Of(this[state]);
            int place = unchecked((int)hash) & (size - 1);
            while (_slots[place] >= 0)
            {
                place = (place + 1) & (size - 1);
            }

            _slots[place] = state;
            _tags[place] = (uint)(hash >> 32);
        }
    }

    private static int[] NewSlots(int size)
    {
        int[] slots = new int[size];
        Array.Fill(slots, -1);
        return slots;
    }
}

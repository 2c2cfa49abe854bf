namespace CryptoSim.Simulator;

/// <summary>The future: what will run when, as a 4-ary heap. Entries are ordered by time, then by key; keys are unique, so the order is total.</summary>
internal struct Calendar
{
    private Entry[] _entries;
    private int _count;

    private struct Entry
    {
        internal long Time;
        internal ulong Key;
    }

    internal readonly int Count => _count;

    internal readonly long TopTime => _entries[0].Time;

    internal readonly ulong TopKey => _entries[0].Key;

    internal static Calendar Create(int capacity) => new() { _entries = new Entry[capacity] };

    internal void Clear() => _count = 0;

    internal void Push(long time, ulong key)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        int i = _count++;
        var entries = _entries;
        while (i > 0)
        {
            int parent = (i - 1) >> 2;
            if (!IsLess(time, key, entries[parent]))
            {
                break;
            }

            entries[i] = entries[parent];
            i = parent;
        }

        entries[i].Time = time;
        entries[i].Key = key;
    }

    internal bool TryPop(out long time, out ulong key)
    {
        if (_count == 0)
        {
            time = 0;
            key = 0;
            return false;
        }

        time = _entries[0].Time;
        key = _entries[0].Key;
        var last = _entries[--_count];
        SiftDown(0, last);
        return true;
    }

    /// <summary>Drops every entry that is not live any more, in place.</summary>
    internal void RemoveStale(Simulation simulation)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (simulation.IsLive(_entries[i].Key))
            {
                _entries[kept++] = _entries[i];
            }
        }

        _count = kept;
        for (int i = (kept - 2) >> 2; i >= 0; i--)
        {
            SiftDown(i, _entries[i]);
        }
    }

    private static bool IsLess(long time, ulong key, in Entry other) => time < other.Time || (time == other.Time && key < other.Key);

    private readonly void SiftDown(int i, Entry moved)
    {
        var entries = _entries;
        while (true)
        {
            int child = (i << 2) + 1;
            if (child >= _count)
            {
                break;
            }

            int end = Math.Min(child + 4, _count);
            int least = child;
            for (int j = child + 1; j < end; j++)
            {
                if (IsLess(entries[j].Time, entries[j].Key, entries[least]))
                {
                    least = j;
                }
            }

            if (!IsLess(entries[least].Time, entries[least].Key, moved))
            {
                break;
            }

            entries[i] = entries[least];
            i = least;
        }

        entries[i] = moved;
    }
}

using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Which objects have a number, by identity. Looked up, never walked, so that its order is nobody's business. Emptied by raising a stamp.</summary>
internal sealed class IdentityTable
{
    /// <summary>Stamp of entries that stay for good.</summary>
    internal const int Forever = int.MaxValue;

    private struct Entry
    {
        internal object? Key;
        internal int Number;
        internal int Stamp;
    }

    private Entry[] _entries = new Entry[1024];
    private int _mask = 1023;
    private int _oldest = 1;   // entries with an older stamp count as empty
    private int _used;

    /// <summary>Forgets everything but what stays for good.</summary>
    internal void Forget(int oldest)
    {
        _oldest = oldest;
        _used = 0;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        Array.Clear(_entries);
        Forget(oldest: 1);
    }

    /// <summary>The place of an object: where it stands, or where it would.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Find(object key, out bool found)
    {
        var entries = _entries;
        int mask = _mask;
        int place = ReferenceEqualityComparer.Instance.GetHashCode(key) & mask;
        while (true)
        {
            ref var entry = ref entries[place];
            if (entry.Stamp < _oldest)
            {
                found = false;
                return place;
            }

            if (ReferenceEquals(entry.Key, key))
            {
                found = true;
                return place;
            }

            place = (place + 1) & mask;
        }
    }

    internal int NumberAt(int place) => _entries[place].Number;

    internal int StampAt(int place) => _entries[place].Stamp;

    internal void Restamp(int place, int stamp) => _entries[place].Stamp = stamp;

    /// <summary>Writes an entry at a place that <see cref="Find"/> gave.</summary>
    internal void Put(int place, object key, int number, int stamp)
    {
        ref var entry = ref _entries[place];
        if (entry.Stamp < _oldest && ++_used > _mask >> 1)
        {
            Grow();
            place = Find(key, out _);
            entry = ref _entries[place];
        }

        entry.Key = key;
        entry.Number = number;
        entry.Stamp = stamp;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        _mask = _entries.Length - 1;
        MoveAll(old, stayingFirst: true);
        MoveAll(old, stayingFirst: false);
    }

    /// <summary>Those that stay must not stand behind one that will go.</summary>
    private void MoveAll(Entry[] old, bool stayingFirst)
    {
        foreach (var entry in old)
        {
            if (entry.Key is not null && entry.Stamp >= _oldest && entry.Stamp == Forever == stayingFirst)
            {
                _entries[Find(entry.Key, out _)] = entry;
            }
        }
    }
}

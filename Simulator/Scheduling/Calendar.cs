using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>
/// The future: what will run when. Entries are ordered by time, then by key; keys are unique, so the order is total and
/// no two implementations can differ in it.
/// </summary>
/// <remarks>
/// An implicit heap of eight children. The eight times of a group of siblings fill one cache line and their keys the
/// next, so that a group is searched with two vector loads (<see cref="SiblingSearch"/>). A pop leaves a hole at the
/// root; the push that nearly always follows fills it in one pass instead of two.
/// </remarks>
internal unsafe struct Calendar
{
    /// <summary>No entry may be later: times are kept as positive floating-point numbers, whose order is that of their bits.</summary>
    internal const long LastTime = 0x7FE0_0000_0000_0000 - 1;

    private const int Root = 7;
    private const long Bias = 1L << 52;                  // lifts small times out of the subnormal numbers
    private const long Empty = 0x7FF0_0000_0000_0000;    // later than everything
    private const int LongsPerGroup = 16;
    private const int FewEnd = 12;                       // up to five entries

    private long[] _memory;   // pinned
    private long* _groups;    // the first whole cache line of it
    private int _end;         // one past the last element
    private int _capacity;
    private bool _hasHole;

    internal readonly int Count => _end - Root - (_hasHole ? 1 : 0);

    internal readonly bool HasEntries => _end > Root;

    internal static Calendar Create(int capacity)
    {
        var calendar = default(Calendar);
        calendar.Allocate(Math.Max(64, capacity));
        calendar._end = Root;
        return calendar;
    }

    /// <summary>Makes it empty; keeps the memory.</summary>
    internal void Clear()
    {
        for (int i = 0; i < _end; i++)
        {
            Put(i, Empty, ulong.MaxValue);
        }

        _end = Root;
        _hasHole = false;
    }

    /// <summary>Adds an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Push(long time, ulong key)
    {
        unchecked
        {
            if (!_hasHole)
            {
                Append(time + Bias, key);
                return;
            }

            _hasHole = false;
            if (_end == Root + 1)
            {
                _groups[Root] = time + Bias;
                _groups[Root + 8] = (long)key;
            }
            else
            {
                Fill(time + Bias, key);
            }
        }
    }

    /// <summary>Takes the first entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPop(out long time, out ulong key)
    {
        if (_hasHole)
        {
            CloseHole();
        }

        time = unchecked(_groups[Root] - Bias);
        key = unchecked((ulong)_groups[Root + 8]);
        if (_end == Root)
        {
            return false;
        }

        _hasHole = true;
        return true;
    }

    /// <summary>True when it is so large that what its entries point at is not in the cache.</summary>
    internal readonly bool IsLarge => _end > 1024;

    /// <summary>Key of the entry that will come next unless an earlier one is pushed; asked right after a pop of a large calendar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly ulong LikelyNextKey()
    {
        unchecked
        {
            long* group = _groups + LongsPerGroup;
            return (ulong)group[SiblingSearch.Least(group) + 8];
        }
    }

    /// <summary>Looks at the first entry.</summary>
    internal bool TryPeek(out long time, out ulong key)
    {
        if (_hasHole)
        {
            CloseHole();
        }

        time = unchecked(_groups[Root] - Bias);
        key = unchecked((ulong)_groups[Root + 8]);
        return _end > Root;
    }

    /// <summary>[ps] Time of the entry with a key, which is there; looks at all of them.</summary>
    internal long TimeOf(ulong key)
    {
        if (_hasHole)
        {
            CloseHole();
        }

        for (int i = Root; i < _end; i++)
        {
            if (unchecked((ulong)_groups[Place(i) + 8]) == key)
            {
                return unchecked(_groups[Place(i)] - Bias);
            }
        }

        throw new InvalidOperationException("the calendar has no such entry");
    }

    /// <summary>Drops every entry that is not live any more, in place.</summary>
    internal void RemoveStale(Simulation simulation)
    {
        if (_hasHole)
        {
            CloseHole();
        }

        int end = _end;
        _end = Root;
        for (int i = Root; i < end; i++)
        {
            long time = _groups[Place(i)];
            ulong key = unchecked((ulong)_groups[Place(i) + 8]);
            Put(i, Empty, ulong.MaxValue);
            if (simulation.IsLive(key))
            {
                Rise(_end, time, key);   // the kept ones stand before i, so nothing unread is overwritten
                _end++;
            }
        }
    }

    /// <summary>Where an element's time is; its key is eight further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(int element) => unchecked(element + (element & ~7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Put(int element, long time, ulong key)
    {
        unchecked
        {
            long* place = _groups + Place(element);
            place[0] = time;
            place[8] = (long)key;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Append(long time, ulong key)
    {
        if (_end == _capacity)
        {
            Grow();
        }

        int end = _end;
        _end = unchecked(end + 1);
        Rise(end, time, key);
    }

    /// <summary>The last element moves to the root.</summary>
    private void CloseHole()
    {
        _hasHole = false;
        _end--;
        long* last = _groups + Place(_end);
        long time = last[0];
        ulong key = unchecked((ulong)last[8]);
        last[0] = Empty;
        last[8] = -1;
        if (_end > Root)
        {
            Fill(time, key);
        }
    }

    /// <summary>An entry enters at the root: the least of each group moves up, down to a leaf, and the entry rises from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Fill(long time, ulong key)
    {
        unchecked
        {
            long* groups = _groups;
            int end = _end;
            if (end <= FewEnd)
            {
                FillFew(groups + LongsPerGroup, end - 8, time, key);
                return;
            }

            int hole = Root;
            int first = 8;
            while (first < end)
            {
                long* group = groups + (first << 1);
                int least = SiblingSearch.Least(group);
                Move(group + least, groups + Place(hole));
                hole = first + least;
                first = (hole - 6) << 3;
            }

            Rise(hole, time, key);
        }
    }

    /// <summary>With a few siblings a plain search is faster: a vector that was just written word by word is not ready to be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillFew(long* siblings, int count, long time, ulong key)
    {
        unchecked
        {
            long* root = siblings - LongsPerGroup + Root;
            long* least = siblings;
            for (int i = 1; i < count; i++)
            {
                least = IsBefore(siblings + i, least[0], (ulong)least[8]) ? siblings + i : least;
            }

            if (IsBefore(least, time, key))
            {
                Move(least, root);
                root = least;
            }

            root[0] = time;
            root[8] = (long)key;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(long* place, long time, ulong key) =>
        place[0] < time || (place[0] == time && unchecked((ulong)place[8]) < key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Rise(int hole, long time, ulong key)
    {
        unchecked
        {
            long* groups = _groups;
            while (hole > Root)
            {
                int parent = (hole >> 3) + 6;
                long* above = groups + Place(parent);
                if (IsBefore(above, time, key))
                {
                    break;
                }

                Move(above, groups + Place(hole));
                hole = parent;
            }

            Put(hole, time, key);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(long* from, long* to)
    {
        to[0] = from[0];
        to[8] = from[8];
    }

    private void Grow()
    {
        var old = _memory;
        long* from = _groups;
        int used = (_capacity >> 3) * LongsPerGroup;
        Allocate(_capacity * 2);
        Buffer.MemoryCopy(from, _groups, used * sizeof(long), used * sizeof(long));
        GC.KeepAlive(old);
    }

    private void Allocate(int capacity)
    {
        _capacity = (capacity + 7) & ~7;
        int longs = (_capacity >> 3) * LongsPerGroup;
        _memory = GC.AllocateUninitializedArray<long>(longs + 8, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _memory[0]);
        _groups = (long*)((address + 63) & ~63);
        for (int i = 0; i < _capacity; i++)
        {
            Put(i, Empty, ulong.MaxValue);
        }
    }
}

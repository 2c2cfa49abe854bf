namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>The keys of a hash table in their own order, so that neither history nor the table's order shows.</summary>
internal sealed class SortedKeys<T>
{
    private static readonly Comparison<T> Order =
        typeof(T) == typeof(string) ? (Comparison<T>)(object)(Comparison<string>)string.CompareOrdinal : Comparer<T>.Default.Compare;

    private T[] _keys = [];
    private int _count;

    internal ReadOnlySpan<T> All => _keys.AsSpan(0, _count);

    /// <summary>Keys must have an order of their own, and be told apart in the usual way: a restored table has no other.</summary>
    internal static void Check(Type collection)
    {
        var key = typeof(T);
        if (!(key.IsPrimitive || key.IsEnum || key == typeof(string)))
        {
            throw new NotCapturableException(
                $"{LayoutTable.Name(collection)} cannot be part of a state: its keys have no order, so the order of the table would be hidden state");
        }
    }

    internal static void CheckComparer(IEqualityComparer<T> comparer, object collection)
    {
        if (!ReferenceEquals(comparer, EqualityComparer<T>.Default) && !ReferenceEquals(comparer, StringComparer.Ordinal))
        {
            throw new NotCapturableException(
                $"a {LayoutTable.Name(collection.GetType())} with a comparer of its own cannot be part of a state: a restored one would compare in the usual way");
        }
    }

    internal T[] Room(int count)
    {
        if (_keys.Length < count)
        {
            _keys = new T[count * 2];
        }

        _count = count;
        return _keys;
    }

    internal void Sort() => _keys.AsSpan(0, _count).Sort(Order);
}

internal sealed class HashSetAdapter<T> : CollectionAdapter
{
    private readonly Leaf[] _leaves = LeavesOf<T>();
    private readonly SortedKeys<T> _keys = new();

    public HashSetAdapter() => SortedKeys<T>.Check(typeof(HashSet<T>));

    internal override object Create() => new HashSet<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        var set = (HashSet<T>)collection;
        SortedKeys<T>.CheckComparer(set.Comparer, set);
        set.CopyTo(_keys.Room(set.Count));
        _keys.Sort();
        writer.Count(set.Count);
        foreach (var item in _keys.All)
        {
            writer.Item(item, _leaves);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var set = (HashSet<T>)collection;
        set.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            set.Add(reader.Item<T>(_leaves));
        }
    }
}

internal sealed class DictionaryAdapter<TKey, TValue> : CollectionAdapter
    where TKey : notnull
{
    private readonly Leaf[] _keyLeaves = LeavesOf<TKey>();
    private readonly Leaf[] _values = LeavesOf<TValue>();
    private readonly SortedKeys<TKey> _keys = new();

    public DictionaryAdapter() => SortedKeys<TKey>.Check(typeof(Dictionary<TKey, TValue>));

    internal override object Create() => new Dictionary<TKey, TValue>();

    internal override void Write(StateWriter writer, object collection)
    {
        var table = (Dictionary<TKey, TValue>)collection;
        SortedKeys<TKey>.CheckComparer(table.Comparer, table);
        table.Keys.CopyTo(_keys.Room(table.Count), 0);
        _keys.Sort();
        writer.Count(table.Count);
        foreach (var key in _keys.All)
        {
            writer.Item(key, _keyLeaves);
            writer.Item(table[key], _values);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var table = (Dictionary<TKey, TValue>)collection;
        table.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            var key = reader.Item<TKey>(_keyLeaves);
            table.Add(key, reader.Item<TValue>(_values));
        }
    }
}

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Writes and reads a collection of the framework item by item, whatever its spare capacity and history.</summary>
internal abstract class CollectionAdapter
{
    private static readonly Dictionary<Type, Type> Known = new()
    {
        [typeof(List<>)] = typeof(ListAdapter<>),
        [typeof(Queue<>)] = typeof(QueueAdapter<>),
        [typeof(Stack<>)] = typeof(StackAdapter<>),
        [typeof(HashSet<>)] = typeof(HashSetAdapter<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryAdapter<,>),
    };

    /// <summary>The adapter of a type; null when it is no collection that is understood.</summary>
    internal static CollectionAdapter? For(Type type) =>
        type.IsGenericType && Known.TryGetValue(type.GetGenericTypeDefinition(), out var adapter)
            ? (CollectionAdapter)Activator.CreateInstance(adapter.MakeGenericType(type.GetGenericArguments()))!
            : null;

    internal abstract object Create();

    internal abstract void Write(StateWriter writer, object collection);

    internal abstract void Read(StateReader reader, object collection);

    /// <summary>Hash tables are written in the order of their keys, so the keys must have one of their own.</summary>
    protected static void CheckKey(Type key, Type collection)
    {
        if (!(key.IsPrimitive || key.IsEnum || key == typeof(string)))
        {
            throw new NotCapturableException(
                $"{LayoutTable.Name(collection)} cannot be part of a state: its keys have no order, so the order of the table would be hidden state");
        }
    }

    protected static Leaf[] LeavesOf<T>() => [.. LeafFinder.OfValue(typeof(T), LayoutTable.Name(typeof(T)))];
}

internal sealed class ListAdapter<T> : CollectionAdapter
{
    private readonly Leaf[] _leaves = LeavesOf<T>();

    internal override object Create() => new List<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        var list = (List<T>)collection;
        writer.Count(list.Count);
        foreach (var item in list)
        {
            writer.Item(item, _leaves);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var list = (List<T>)collection;
        list.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            list.Add(reader.Item<T>(_leaves));
        }
    }
}

internal sealed class QueueAdapter<T> : CollectionAdapter
{
    private readonly Leaf[] _leaves = LeavesOf<T>();

    internal override object Create() => new Queue<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        var queue = (Queue<T>)collection;
        writer.Count(queue.Count);
        foreach (var item in queue)
        {
            writer.Item(item, _leaves);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var queue = (Queue<T>)collection;
        queue.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            queue.Enqueue(reader.Item<T>(_leaves));
        }
    }
}

internal sealed class StackAdapter<T> : CollectionAdapter
{
    private readonly Leaf[] _leaves = LeavesOf<T>();

    internal override object Create() => new Stack<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        T[] items = [.. (Stack<T>)collection];
        writer.Count(items.Length);
        for (int i = items.Length - 1; i >= 0; i--)
        {
            writer.Item(items[i], _leaves);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var stack = (Stack<T>)collection;
        stack.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            stack.Push(reader.Item<T>(_leaves));
        }
    }
}

internal sealed class HashSetAdapter<T> : CollectionAdapter
{
    private readonly Leaf[] _leaves = LeavesOf<T>();

    public HashSetAdapter() => CheckKey(typeof(T), typeof(HashSet<T>));

    internal override object Create() => new HashSet<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        T[] items = [.. (HashSet<T>)collection];
        Array.Sort(items, typeof(T) == typeof(string) ? (IComparer<T>)(object)StringComparer.Ordinal : Comparer<T>.Default);
        writer.Count(items.Length);
        foreach (var item in items)
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
    private readonly Leaf[] _keys = LeavesOf<TKey>();
    private readonly Leaf[] _values = LeavesOf<TValue>();

    public DictionaryAdapter() => CheckKey(typeof(TKey), typeof(Dictionary<TKey, TValue>));

    internal override object Create() => new Dictionary<TKey, TValue>();

    internal override void Write(StateWriter writer, object collection)
    {
        var table = (Dictionary<TKey, TValue>)collection;
        TKey[] keys = [.. table.Keys];
        Array.Sort(keys, typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)StringComparer.Ordinal : Comparer<TKey>.Default);
        writer.Count(keys.Length);
        foreach (var key in keys)
        {
            writer.Item(key, _keys);
            writer.Item(table[key], _values);
        }
    }

    internal override void Read(StateReader reader, object collection)
    {
        var table = (Dictionary<TKey, TValue>)collection;
        table.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            var key = reader.Item<TKey>(_keys);
            table.Add(key, reader.Item<TValue>(_values));
        }
    }
}

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
            ? (CollectionAdapter)LayoutTable.Create(adapter.MakeGenericType(type.GetGenericArguments()))
            : null;

    internal abstract object Create();

    internal abstract void Write(StateWriter writer, object collection);

    internal abstract void Read(StateReader reader, object collection);

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
    private T[] _items = [];

    internal override object Create() => new Stack<T>();

    internal override void Write(StateWriter writer, object collection)
    {
        var stack = (Stack<T>)collection;
        if (_items.Length < stack.Count)
        {
            _items = new T[stack.Count * 2];
        }

        stack.CopyTo(_items, 0);
        writer.Count(stack.Count);
        for (int i = stack.Count - 1; i >= 0; i--)
        {
            writer.Item(_items[i], _leaves);
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

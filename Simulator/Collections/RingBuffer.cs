using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>A first-in-first-out buffer of fixed capacity whose items can be read and changed in place. Two with the same items in the same order are the same state, wherever they lie in memory.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public sealed class RingBuffer<T> : ICaptured
{
    private readonly int _capacity;
    [NotState]
    private T[] _items;   // at most the capacity, or what a restored one of another capacity left
    [NotState]
    private int _head;    // place of the oldest item
    [NotState]
    private int _count;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Items [1..].</param>
    public RingBuffer(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _items = new T[capacity];
    }

    /// <summary>The most items it holds.</summary>
    public int Capacity => _capacity;

    /// <summary>Items in it now.</summary>
    public int Count => _count;

    /// <summary>The item at a place, counted from the oldest [0..Count-1].</summary>
    public T this[int index]
    {
        get => _items[Place(index)];
        set => _items[Place(index)] = value;
    }

    /// <summary>Adds the newest item.</summary>
    /// <exception cref="InvalidOperationException">It is full.</exception>
    public void Enqueue(T item)
    {
        if (_count == _capacity)
        {
            throw new InvalidOperationException("the ring buffer is full");
        }

        if (_count == _items.Length)
        {
            Grow();
        }

        _count++;
        _items[Place(_count - 1)] = item;
    }

    /// <summary>Takes the oldest item.</summary>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public T Dequeue()
    {
        var item = _items[Place(0)];
        _items[_head] = default!;
        _head = _head + 1 == _items.Length ? 0 : _head + 1;
        _count--;
        return item;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Array.Clear(_items);
        (_head, _count) = (0, 0);
    }

    /// <summary>Writes the items from the oldest on.</summary>
    void ICaptured.Capture(StateWriter writer)
    {
        writer.Count(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.Item(this[i], ItemLeaves<T>.Of);
        }
    }

    void ICaptured.Restore(StateReader reader)
    {
        Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            Enqueue(reader.Item<T>(ItemLeaves<T>.Of));
        }
    }

    void ICaptured.Renew() => _items = new T[_items.Length];

    /// <summary>Restored into a place made for a smaller one.</summary>
    private void Grow()
    {
        var larger = new T[_capacity];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = this[i];
        }

        (_items, _head) = (larger, 0);
    }

    private int Place(int index)
    {
        if ((uint)index >= (uint)_count)
        {
            throw new InvalidOperationException($"the ring buffer holds {_count} items, not one at {index}");
        }

        int place = _head + index;
        return place >= _items.Length ? place - _items.Length : place;
    }
}

using System.Runtime.CompilerServices;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>A bounded FIFO of items between processes; an item put while somebody waits goes straight to the first waiter.</summary>
/// <typeparam name="T">The items' type.</typeparam>
public class Store<T> : Waitable, IResettable
{
    private readonly PutQueue _putters;
    [NotState]
    private T[] _items;
    [NotState]
    private int _head;
    [NotState]
    private int _count;
    [NotState]
    private StoreCells<T> _cells = StoreCells<T>.Create();

    /// <summary>Makes an empty store. The store itself is what a getter waits on; putters wait on <see cref="Putters"/>.</summary>
    /// <param name="simulation">The simulation whose processes use it.</param>
    /// <param name="capacity">Items [1..]; <see cref="int.MaxValue"/>: no bound.</param>
    /// <param name="name">What it is called outside.</param>
    /// <param name="symbol">The kernel function in which a getter sleeps.</param>
    public Store(Simulation simulation, int capacity = int.MaxValue, string name = "store", string symbol = "schedule")
        : base(simulation, name, symbol)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _items = new T[Math.Min(capacity, 16)];
        _putters = new PutQueue(this, simulation, name, symbol);
    }

    /// <summary>The most items it holds.</summary>
    public int Capacity { get; }

    /// <summary>Items in it now; those of blocked putters do not count.</summary>
    public int Count => _count;

    /// <summary>Only one process ever gets: kept for exploring schedules, where such a get commutes with everything else.</summary>
    public bool SingleConsumer { get; init; }

    /// <summary>What a process waits on that puts into a full store.</summary>
    public Waitable Putters => _putters;

    /// <summary>Puts an item, waiting while the store is full.</summary>
    public Suspension PutAsync(T item, [CallerLineNumber] int line = 0)
    {
        if (TryPut(item))
        {
            return Ready;
        }

        int cell = _cells.Rent();
        _cells.Set(cell, item);
        return _putters.Join(cell, line);
    }

    /// <summary>Puts an item if there is room.</summary>
    public bool TryPut(T item)
    {
        if (HasWaiters)
        {
            _cells.Set(WakeFirstFrame().Cell, item);
            return true;
        }

        if (_count == Capacity)
        {
            return false;
        }

        Append(item);
        return true;
    }

    /// <summary>Takes the oldest item, waiting for one if need be.</summary>
    public Suspension<T> GetAsync([CallerLineNumber] int line = 0)
    {
        if (_count > 0)
        {
            return new Suspension<T>(RemoveOldest());
        }

        int cell = _cells.Rent();
        Simulation.CurrentFrame.Cell = cell;
        Block(line);
        return new Suspension<T>(this, cell);
    }

    /// <summary>Takes the oldest item if there is one.</summary>
    public bool TryGet(out T item)
    {
        if (_count == 0)
        {
            item = default!;
            return false;
        }

        item = RemoveOldest();
        return true;
    }

    /// <inheritdoc/>
    protected internal override string? WorkLeft => _count > 0 ? $"{Name} holds {_count} item{(_count == 1 ? "" : "s")}" : null;

    /// <inheritdoc/>
    public virtual void Reset()
    {
        Array.Clear(_items);
        _head = 0;
        _count = 0;
        _cells.Clear();
        ForgetWaiters();
        _putters.ForgetWaiters();
    }

    internal T TakeDelivered(int cell) => _cells.Take(cell);

    /// <summary>The item in a cell, left there.</summary>
    internal T Delivered(int cell) => _cells.Peek(cell);

    internal int RentCell() => _cells.Rent();

    internal void Deliver(int cell, T item) => _cells.Set(cell, item);

    internal override void ForgetForRestore()
    {
        base.ForgetForRestore();
        Array.Clear(_items);
        (_head, _count) = (0, 0);
        _cells.Clear();
    }

    private protected override void CaptureMore(StateWriter writer)
    {
        writer.Count(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.Item(_items[(_head + i) % _items.Length], ItemLeaves<T>.Of);
        }
    }

    private protected override void RestoreMore(StateReader reader)
    {
        for (int left = reader.Count(); left > 0; left--)
        {
            Append(reader.Item<T>(ItemLeaves<T>.Of));
        }
    }

    private protected override void RenewParts()
    {
        _items = new T[_items.Length];
        _cells = StoreCells<T>.Create();
    }

    private T RemoveOldest()
    {
        var item = _items[_head];
        _items[_head] = default!;
        int next = unchecked(_head + 1);
        _head = next == _items.Length ? 0 : next;
        _count = unchecked(_count - 1);
        if (_putters.HasWaiters)
        {
            Append(_cells.Take(_putters.WakeFirstFrame().Cell));
        }

        return item;
    }

    private void Append(T item)
    {
        if (_count == _items.Length)
        {
            Grow();
        }

        int tail = unchecked(_head + _count);
        if (tail >= _items.Length)
        {
            tail = unchecked(tail - _items.Length);
        }

        _items[tail] = item;
        _count = unchecked(_count + 1);
    }

    private void Grow()
    {
        var larger = new T[(int)Math.Max(_count + 1, Math.Min(Capacity, _items.Length * 2L))];
        int first = _items.Length - _head;
        Array.Copy(_items, _head, larger, 0, first);
        Array.Copy(_items, 0, larger, first, _head);
        _items = larger;
        _head = 0;
    }

    /// <summary>The queue of processes whose item did not fit.</summary>
    private sealed class PutQueue(Store<T> store, Simulation simulation, string name, string symbol) : Waitable(simulation, name, symbol)
    {
        internal Suspension Join(int cell, int line)
        {
            Simulation.CurrentFrame.Cell = cell;
            return Block(line);
        }

        private protected override void CaptureWaiter(StateWriter writer, ProcessFrame frame) =>
            writer.Item(store._cells.Peek(frame.Cell), ItemLeaves<T>.Of);

        private protected override void RestoreWaiter(StateReader reader, ProcessFrame frame)
        {
            frame.Cell = store._cells.Rent();
            store._cells.Set(frame.Cell, reader.Item<T>(ItemLeaves<T>.Of));
        }

        protected internal override string? WorkLeft => store._count < store.Capacity ? $"{Name} has room" : null;

        /// <summary>An interrupted putter takes its item away again.</summary>
        protected override void OnWaiterLeft(Process process) => store._cells.Take(process.Frame!.Cell);
    }
}

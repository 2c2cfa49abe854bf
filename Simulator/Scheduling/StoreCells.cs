namespace CryptoSim.Simulator;

/// <summary>Items that belong to one waiting process each: what a blocked putter brought, or what a woken getter will find.</summary>
internal struct StoreCells<T>
{
    private T[] _items;
    private int[] _free;
    private int _used;
    private int _freeCount;

    internal static StoreCells<T> Create() => new() { _items = new T[4], _free = new int[4] };

    internal int Rent()
    {
        if (_freeCount > 0)
        {
            _freeCount = unchecked(_freeCount - 1);
            return _free[_freeCount];
        }

        if (_used == _items.Length)
        {
            Array.Resize(ref _items, _used * 2);
            Array.Resize(ref _free, _used * 2);
        }

        return _used++;
    }

    internal readonly void Set(int cell, T item) => _items[cell] = item;

    internal readonly T Peek(int cell) => _items[cell];

    internal T Take(int cell)
    {
        var item = _items[cell];
        _items[cell] = default!;
        _free[_freeCount] = cell;
        _freeCount = unchecked(_freeCount + 1);
        return item;
    }

    internal void Clear()
    {
        Array.Clear(_items, 0, _used);
        _used = 0;
        _freeCount = 0;
    }
}

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Who refers to whom, noted while a state is written: first what the fixed objects refer to, then each other object in the order of the numbers.</summary>
internal sealed class EdgeList
{
    private readonly List<int> _starts = [];      // of each object
    private object[] _targets = new object[256];
    private int _count;
    private bool _isBlind;

    /// <summary>What the fixed objects refer to.</summary>
    internal ReadOnlySpan<object> OfRoots => _targets.AsSpan(0, _starts.Count > 0 ? _starts[0] : _count);

    /// <summary>What the object of a number refers to.</summary>
    internal ReadOnlySpan<object> Of(int number)
    {
        int end = number + 1 < _starts.Count ? _starts[number + 1] : _count;
        return _targets.AsSpan(_starts[number], end - _starts[number]);
    }

    internal void Clear()
    {
        _starts.Clear();
        _count = 0;
    }

    /// <summary>What follows belongs to the next object.</summary>
    internal void Next() => _starts.Add(_count);

    internal void Add(object target)
    {
        if (_isBlind)
        {
            return;
        }

        if (_count == _targets.Length)
        {
            Array.Resize(ref _targets, _count * 2);
        }

        _targets[_count++] = target;
    }

    /// <summary>The next references are those of the engine itself: the store that an awaiter takes its own item from.</summary>
    internal void LookAway(bool isAway) => _isBlind = isAway;
}

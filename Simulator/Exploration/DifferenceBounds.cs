namespace CryptoSim.Simulator.Exploration;

/// <summary>What is known about the differences of some instants: for each two of them the most by which one can be later than the other, with everything that follows from it (a difference-bound matrix, kept closed).</summary>
/// <remarks>Removing an instant forgets nothing about the others, since what it implies for them was already drawn.</remarks>
internal sealed class DifferenceBounds
{
    private const long None = long.MaxValue / 4;

    private readonly List<int> _nodes = [];
    private long[,] _bounds = new long[8, 8];   // [i, j]: the most of instant i - instant j [ps]

    /// <summary>Forgets everything.</summary>
    public void Clear() => _nodes.Clear();

    /// <summary>Adds an instant of which nothing is known.</summary>
    public void Add(int node)
    {
        int at = _nodes.Count;
        if (at == _bounds.GetLength(0))
        {
            Grow();
        }

        _nodes.Add(node);
        for (int i = 0; i <= at; i++)
        {
            _bounds[i, at] = _bounds[at, i] = i == at ? 0 : None;
        }
    }

    /// <summary>Drops an instant.</summary>
    public void Remove(int node)
    {
        int at = _nodes.IndexOf(node);
        int last = _nodes.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            _bounds[at, i] = _bounds[last, i];
        }

        for (int i = 0; i <= last; i++)
        {
            _bounds[i, at] = _bounds[i, last];
        }

        _bounds[at, at] = 0;
        _nodes[at] = _nodes[last];
        _nodes.RemoveAt(last);
    }

    /// <summary>[ps] The most by which one instant can be later than another.</summary>
    public long Most(int node, int than) => _bounds[_nodes.IndexOf(node), _nodes.IndexOf(than)];

    /// <summary>One instant is at most so much later than another; must not contradict what is known.</summary>
    public void Limit(int node, int than, long most)
    {
        (int a, int b) = (_nodes.IndexOf(node), _nodes.IndexOf(than));
        if (most >= _bounds[a, b])
        {
            return;
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            for (int j = 0; j < _nodes.Count; j++)
            {
                if (_bounds[i, a] < None && _bounds[b, j] < None)
                {
                    _bounds[i, j] = Math.Min(_bounds[i, j], _bounds[i, a] + most + _bounds[b, j]);
                }
            }
        }
    }

    private void Grow()
    {
        int size = _bounds.GetLength(0);
        long[,] larger = new long[size * 2, size * 2];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                larger[i, j] = _bounds[i, j];
            }
        }

        _bounds = larger;
    }
}

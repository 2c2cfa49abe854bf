namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>The strongly connected components of a graph of states: within one, each state can be reached from each.</summary>
/// <remarks>Tarjan: Depth-First Search and Linear Graph Algorithms, SIAM Journal on Computing 1(2), 1972; with a stack of its own instead of recursion.</remarks>
internal sealed class Components
{
    private readonly StateGraph _graph;
    private readonly int[] _index;     // order of discovery from 1; 0: not discovered
    private readonly int[] _low;       // the earliest state on the stack that is reached from here
    private readonly int[] _next;      // the edge to look at next
    private readonly Stack<int> _open = new();
    private readonly Stack<int> _path = new();
    private int _discovered;

    private Components(StateGraph graph)
    {
        _graph = graph;
        (_index, _low, _next, Of) = (new int[graph.Count], new int[graph.Count], new int[graph.Count], new int[graph.Count]);
        Array.Fill(Of, -1);
    }

    /// <summary>The number of each state's component.</summary>
    internal int[] Of { get; }

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Finds them.</summary>
    internal static Components In(StateGraph graph)
    {
        var components = new Components(graph);
        for (int state = 0; state < graph.Count; state++)
        {
            if (components._index[state] == 0)
            {
                components.Search(state);
            }
        }

        return components;
    }

    private void Search(int root)
    {
        Discover(root);
        while (_path.TryPeek(out int state))
        {
            var edges = _graph.From(state);
            if (_next[state] < edges.Length)
            {
                Follow(state, edges[_next[state]++]);
                continue;
            }

            _path.Pop();
            if (_path.TryPeek(out int parent))
            {
                _low[parent] = Math.Min(_low[parent], _low[state]);
            }

            if (_low[state] == _index[state])
            {
                Close(state);
            }
        }
    }

    private void Follow(int state, int to)
    {
        if (_index[to] == 0)
        {
            Discover(to);
        }
        else if (Of[to] < 0)
        {
            _low[state] = Math.Min(_low[state], _index[to]);
        }
    }

    private void Discover(int state)
    {
        _index[state] = _low[state] = ++_discovered;
        _open.Push(state);
        _path.Push(state);
    }

    private void Close(int first)
    {
        int state;
        do
        {
            state = _open.Pop();
            Of[state] = Count;
        }
        while (state != first);
        Count++;
    }
}

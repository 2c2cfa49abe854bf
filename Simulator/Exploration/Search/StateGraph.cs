using System.Runtime.InteropServices;

namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>How the states of a search hang together: the first way to each, where each leads, and which are ends.</summary>
internal sealed class StateGraph
{
    private readonly List<int> _parents = [];
    private readonly List<ushort> _via = [];      // place of the process that was stepped in the parent
    private readonly List<EndKind> _ends = [];
    private readonly List<int> _firstEdge = [];   // of each expanded state
    private readonly List<int> _edges = [];

    private readonly List<(int State, int Known)> _known = [];   // from which state on so much was known about fusing

    /// <summary>States in it.</summary>
    internal int Count => _parents.Count;

    /// <summary>Edges in it.</summary>
    internal int Edges => _edges.Count;

    /// <summary>[B] Memory in use.</summary>
    internal long Bytes => (_parents.Capacity * 4L) + (_via.Capacity * 2L) + _ends.Capacity + (_firstEdge.Capacity * 4L) + (_edges.Capacity * 4L);

    internal EndKind EndOf(int state) => _ends[state];

    /// <summary>How many states are ends of some kind.</summary>
    internal long CountEnds(Func<EndKind, bool> isSuch)
    {
        long count = 0;
        foreach (var end in _ends)
        {
            count += isSuch(end) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Adds a state.</summary>
    /// <param name="parent">The state it was first reached from; -1 for the first.</param>
    /// <param name="via">Place of the process that was stepped there.</param>
    /// <param name="end">Whether it is an end.</param>
    /// <param name="known"><see cref="Settler.Known"/> before that step; never falls.</param>
    internal void Add(int parent, int via, EndKind end, int known = 0)
    {
        if (_known.Count == 0 || _known[^1].Known != known)
        {
            _known.Add((Count, known));
        }

        _parents.Add(parent);
        _via.Add(checked((ushort)via));
        _ends.Add(end);
    }

    internal void BeginEdges() => _firstEdge.Add(_edges.Count);

    internal void AddEdge(int to) => _edges.Add(to);

    internal int EdgeAt(int edge) => _edges[edge];

    /// <summary>Forgets where states lead; the first way to each stays.</summary>
    internal void DropEdges()
    {
        _edges.Clear();
        _edges.TrimExcess();
        _firstEdge.Clear();
        _firstEdge.TrimExcess();
    }

    /// <summary>Where a state leads; nothing for an end.</summary>
    internal ReadOnlySpan<int> From(int state)
    {
        if (state >= _firstEdge.Count)
        {
            return [];
        }

        int end = state + 1 < _firstEdge.Count ? _firstEdge[state + 1] : _edges.Count;
        return CollectionsMarshal.AsSpan(_edges)[_firstEdge[state]..end];
    }

    /// <summary>The places of the processes that were stepped on the first way to a state.</summary>
    internal int[] WayTo(int state)
    {
        var way = new List<int>();
        for (int at = state; _parents[at] >= 0; at = _parents[at])
        {
            way.Add(_via[at]);
        }

        way.Reverse();
        return [.. way];
    }

    /// <summary>What was known about fusing when each state on the first way to a state was found, the start first.</summary>
    internal int[] KnownTo(int state) => [.. StatesTo(state).Select(at => _known.FindLast(entry => entry.State <= at).Known)];

    /// <summary>The states on the first way to a state, the start first.</summary>
    internal int[] StatesTo(int state)
    {
        var states = new List<int>();
        for (int at = state; at >= 0; at = _parents[at])
        {
            states.Add(at);
        }

        states.Reverse();
        return [.. states];
    }
}

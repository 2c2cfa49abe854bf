namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>
/// Finds states that go round although the schedule is fair: a component in which every process either steps or is, in some
/// state, unable to (weak fairness). What only an unfair schedule keeps up, a process that spins while another could end it, is none.
/// </summary>
/// <remarks>A process that can always go on in a component and never steps in it does neither in any part of it: whole components decide.</remarks>
/// <param name="search">A search without symmetry and fusion.</param>
/// <param name="codec">Its codec, which keeps which process is which.</param>
internal sealed class FairCycle(StateSearch search, StateCodec codec)
{
    private readonly StateGraph _graph = search.Graph;
    private readonly List<int> _pending = [];
    private int[] _of = [];

    /// <summary>The state at which the nearest one is entered, and the places of the processes stepped on one round from there, in which everybody steps who steps at all; null when there is none.</summary>
    internal (int State, List<int> Round)? Find()
    {
        var components = Components.In(_graph);
        _of = components.Of;
        var members = RoundsOf(components.Count);
        for (int state = 0; state < _graph.Count; state++)
        {
            if (members[_of[state]] is { } found && found[0] == state && Movers(found) is { } movers)
            {
                return (state, RoundFrom(state, movers));
            }
        }

        return null;
    }

    /// <summary>The states of each component that has an edge inside, in order.</summary>
    private List<int>?[] RoundsOf(int count)
    {
        var members = new List<int>?[count];
        for (int state = 0; state < _graph.Count; state++)
        {
            foreach (int to in _graph.From(state))
            {
                if (_of[to] == _of[state])
                {
                    (members[_of[state]] ??= []).Add(state);
                    break;
                }
            }
        }

        return members;
    }

    /// <summary>Who steps inside, by identity; null when somebody could all the time and never does.</summary>
    private SortedSet<int>? Movers(List<int> members)
    {
        var movers = new SortedSet<int>();
        SortedSet<int>? always = null;
        foreach (int state in members)
        {
            int[] enabled = [.. PendingAt(state).Select(slot => codec.Simulation.FrameAt(slot).Identity)];
            always = always is null ? [.. enabled] : [.. always.Intersect(enabled)];
            for (int i = 0; i < enabled.Length; i++)
            {
                if (_of[_graph.From(state)[i]] == _of[state])
                {
                    movers.Add(enabled[i]);
                }
            }
        }

        return always!.IsSubsetOf(movers) ? movers : null;
    }

    private List<int> RoundFrom(int start, SortedSet<int> movers)
    {
        var round = new List<int>();
        int at = start;
        foreach (int mover in movers)
        {
            at = Walk(at, round, (_, identity, _) => identity == mover);
        }

        if (at != start)
        {
            Walk(at, round, (_, _, to) => to == start);
        }

        return round;
    }

    /// <summary>Goes on inside, by the shortest way, to and over an edge; answers where that leads.</summary>
    private int Walk(int from, List<int> way, Func<int, int, int, bool> isWanted)
    {
        var reached = new Dictionary<int, (int From, int Place)> { [from] = (-1, -1) };
        var open = new Queue<int>([from]);
        while (open.TryDequeue(out int state))
        {
            int[] pending = PendingAt(state);
            for (int i = 0; i < pending.Length; i++)
            {
                int to = _graph.From(state)[i];
                if (_of[to] != _of[from])
                {
                    continue;
                }

                if (isWanted(state, codec.Simulation.FrameAt(pending[i]).Identity, to))
                {
                    AddBack(state, reached, way);
                    way.Add(pending[i]);
                    return to;
                }

                if (reached.TryAdd(to, (state, pending[i])))
                {
                    open.Enqueue(to);
                }
            }
        }

        throw new InvalidOperationException("a component is not connected");
    }

    private static void AddBack(int state, Dictionary<int, (int From, int Place)> reached, List<int> way)
    {
        var back = new List<int>();
        for (var (from, place) = reached[state]; from >= 0; (from, place) = reached[from])
        {
            back.Add(place);
        }

        back.Reverse();
        way.AddRange(back);
    }

    /// <summary>The slots of the processes that can step in a state, each once, in the order of its edges; the simulation stands in that state then.</summary>
    private int[] PendingAt(int state)
    {
        codec.Restore(search.States.Locate(state, out int start), start);
        codec.Simulation.CollectPending(_pending);
        return _graph.From(state).IsEmpty ? [] : [.. _pending.Distinct()];
    }
}

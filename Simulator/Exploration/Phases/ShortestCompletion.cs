using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Finds the shortest way from a state of a whole graph to an end at which all work is done.</summary>
internal sealed class ShortestCompletion(StateSearch search, StateCodec codec)
{
    /// <summary>The way, as places of processes.</summary>
    internal List<int> From(int start)
    {
        var from = new Dictionary<int, int> { [start] = -1 };
        var open = new Queue<int>([start]);
        int end = start;
        while (search.Graph.EndOf(end) != EndKind.Completed && open.TryDequeue(out int state))
        {
            foreach (int next in search.Graph.From(state))
            {
                if (from.TryAdd(next, state))
                {
                    open.Enqueue(next);
                    end = search.Graph.EndOf(next) == EndKind.Completed ? next : end;
                }
            }
        }

        return Back(end, from);
    }

    private List<int> Back(int end, Dictionary<int, int> from)
    {
        List<int> states = [end];
        while (from[states[^1]] >= 0)
        {
            states.Add(from[states[^1]]);
        }

        states.Reverse();
        var way = new List<int>();
        for (int i = 0; i + 1 < states.Count; i++)
        {
            way.Add(PlaceThatLeads(states[i], states[i + 1]));
        }

        return way;
    }

    /// <summary>Edges do not keep who was stepped: the pending processes are in the same order again.</summary>
    internal int PlaceThatLeads(int state, int next)
    {
        codec.Restore(search.States.Locate(state, out int at), at);
        var pending = new List<int>();
        codec.Simulation.CollectPending(pending);
        return pending.Distinct().ElementAt(search.Graph.From(state).IndexOf(next));
    }
}

namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>From which states of a finished graph all work can still be done.</summary>
internal static class Reachability
{
    /// <summary>Marks every state from which a completed end can be reached.</summary>
    internal static bool[] CanComplete(StateGraph graph)
    {
        var (first, into) = Reverse(graph);
        bool[] marked = new bool[graph.Count];
        var open = new Stack<int>();
        for (int state = 0; state < graph.Count; state++)
        {
            if (graph.EndOf(state) == EndKind.Completed)
            {
                marked[state] = true;
                open.Push(state);
            }
        }

        while (open.TryPop(out int state))
        {
            for (int i = first[state]; i < first[state + 1]; i++)
            {
                if (!marked[into[i]])
                {
                    marked[into[i]] = true;
                    open.Push(into[i]);
                }
            }
        }

        return marked;
    }

    /// <summary>The edges backwards: those into a state lie between its place in the first array and the next.</summary>
    internal static (int[] First, int[] From) Reverse(StateGraph graph)
    {
        int[] first = new int[graph.Count + 1];
        for (int state = 0; state < graph.Count; state++)
        {
            foreach (int to in graph.From(state))
            {
                first[to + 1]++;
            }
        }

        for (int state = 0; state < graph.Count; state++)
        {
            first[state + 1] += first[state];
        }

        int[] next = first.AsSpan(0, graph.Count).ToArray();
        int[] from = new int[graph.Edges];
        for (int state = 0; state < graph.Count; state++)
        {
            foreach (int to in graph.From(state))
            {
                from[next[to]++] = state;
            }
        }

        return (first, from);
    }
}

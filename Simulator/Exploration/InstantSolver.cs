namespace CryptoSim.Simulator.Exploration;

/// <summary>Finds the earliest instants that satisfy constraints of the form "b is at least so much later than a" (Bellman and Ford).</summary>
internal sealed class InstantSolver
{
    private readonly List<(int From, int To, long Least)> _constraints = [];
    private int _count = 1;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _constraints.Clear();
        _count = 1;
    }

    /// <summary>An instant is at least so much later than another; negative: at most so much earlier. Number 0 is the start of the run.</summary>
    public void Require(int later, int than, long least)
    {
        _constraints.Add((than, later, least));
        _count = Math.Max(_count, Math.Max(later, than) + 1);
    }

    /// <summary>[ps] The instants by number; null when the constraints contradict each other.</summary>
    public long[]? Solve()
    {
        long[] instants = new long[_count];
        for (int round = 0; round <= _count; round++)
        {
            bool changed = false;
            foreach ((int from, int to, long least) in _constraints)
            {
                if (instants[from] + least > instants[to])
                {
                    instants[to] = instants[from] + least;
                    changed = true;
                }
            }

            if (!changed)
            {
                return instants[0] == 0 ? instants : null;
            }
        }

        return null;
    }
}

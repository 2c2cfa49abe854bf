namespace CryptoSim.Simulator.Exploration;

/// <summary>
/// Probabilistic concurrency testing (PCT): every process has a priority by chance, the highest that can run does, and at d-1 steps by
/// chance the process at hand falls below all others. A bug that needs d ordering constraints among n processes and k steps is found by
/// a run with probability 1/(n k^(d-1)) at least. Runs without end.
/// </summary>
/// <remarks>Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010.</remarks>
/// <param name="depth">d, the number of ordering constraints [1..].</param>
/// <param name="seed">The same seed gives the same runs.</param>
/// <param name="steps">k, the expected steps of a run [1..]; grows to the longest run seen.</param>
public sealed class PriorityChanges(int depth, ulong seed, int steps = 100) : IChooserStrategy
{
    private readonly Dictionary<Process, long> _priorities = [];
    private readonly int[] _changes = new int[Math.Max(0, depth - 1)];
    private RandomStream _random = null!;
    private int _steps = Math.Max(1, steps);

    /// <inheritdoc/>
    public bool Begin(int number)
    {
        _random = new RandomSource(seed, number).Stream("explore.pct");
        _priorities.Clear();
        for (int i = 0; i < _changes.Length; i++)
        {
            _changes[i] = _random.NextInt(_steps);
        }

        return true;
    }

    /// <inheritdoc/>
    public int Choose(ChoicePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        int best = Highest(point);
        for (int i = 0; i < _changes.Length; i++)
        {
            if (_changes[i] == point.Run.Steps)
            {
                _priorities[point[best]] = -1 - i;
                best = Highest(point);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public void Ended(int steps) => _steps = Math.Max(_steps, steps);

    private int Highest(ChoicePoint point)
    {
        (int best, long highest) = (0, long.MinValue);
        for (int i = 0; i < point.Count; i++)
        {
            long priority = PriorityOf(point[i]);
            if (priority > highest)
            {
                (best, highest) = (i, priority);
            }
        }

        return best;
    }

    private long PriorityOf(Process process)
    {
        if (!_priorities.TryGetValue(process, out long priority))
        {
            priority = _random.NextLong(long.MaxValue);
            _priorities.Add(process, priority);
        }

        return priority;
    }
}

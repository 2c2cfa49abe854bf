namespace CryptoSim.Scenarios.Planning;

/// <summary>How often each key of a Zipf law is asked for, and what closed forms say about a cache of the hottest.</summary>
/// <remarks>Both forms take each I/O's key as independent of those before, and each slot as free again before the next I/O.</remarks>
public sealed class KeyPopularity
{
    private const int Halvings = 200;

    private readonly double[] _shares;   // hottest first; their sum is 1

    /// <summary>The popularity of so many keys.</summary>
    /// <param name="keys">[1..]</param>
    /// <param name="zipf">Exponent [0..].</param>
    public KeyPopularity(int keys, double zipf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys, 1);
        _shares = new double[keys];
        double sum = 0;
        for (int i = 0; i < keys; i++)
        {
            sum += _shares[i] = Math.Pow(i + 1, -zipf);
        }

        for (int i = 0; i < keys; i++)
        {
            _shares[i] /= sum;
        }
    }

    /// <summary>Share of the I/O whose key is none of the <paramref name="slots"/> hottest (KS-F2): no choice of victims misses less.</summary>
    public double LeastMisses(int slots) => _shares.Skip(slots).Sum();

    /// <summary>Share of the I/O that misses where the least recently used key is the victim, by Che's approximation: a key is there if it was asked for within a time that is the same for all, and that fills the slots.</summary>
    public double LruMisses(int slots)
    {
        if (slots >= _shares.Length)
        {
            return 0;
        }

        double time = TimeThatFills(slots);
        return _shares.Sum(share => share * Math.Exp(-share * time));
    }

    /// <summary>[I/Os] After which so many different keys are expected.</summary>
    private double TimeThatFills(int slots)
    {
        (double low, double high) = (0, 1);
        while (Different(high) < slots)
        {
            high *= 2;
        }

        for (int i = 0; i < Halvings && high - low > 1e-12 * high; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Different(middle) < slots ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private double Different(double time) => _shares.Sum(share => 1 - Math.Exp(-share * time));
}

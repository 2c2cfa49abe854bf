namespace CryptoSim.Simulator;

/// <summary>Ranks 1..n, each as likely as rank to the power of minus s: Zipf's law. With s = 0 every rank is as likely as the other.</summary>
/// <remarks>
/// Sampled by rejection-inversion (W. Hörmann and G. Derflinger, "Rejection-inversion to generate variates from monotone
/// discrete distributions", ACM TOMACS 6(3), 1996, algorithm for Zipf): exact, no table, the same few operations for any n. One
/// draw for most samples, a further one after each rejection.
/// </remarks>
public sealed class ZipfDistribution
{
    private readonly int _items;
    private readonly double _exponent;
    private readonly double _first;      // of the integral: where rank 1 begins
    private readonly double _span;       // of the integral, over all ranks; negative
    private readonly double _shortcut;   // so far below its rank a point is certainly accepted

    /// <summary>A law of so many ranks.</summary>
    /// <param name="items">n [1..].</param>
    /// <param name="exponent">s [0..].</param>
    public ZipfDistribution(int items, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        (_items, _exponent) = (items, exponent);
        _first = Integral(items + 0.5);
        _span = Integral(1.5) - 1.0 - _first;
        _shortcut = 2.0 - Inverse(Integral(2.5) - Weight(2.0));
    }

    /// <summary>A rank [1..n].</summary>
    public int Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_exponent == 0.0)
        {
            return stream.NextInt(_items) + 1;
        }

        while (true)
        {
            double under = _first + (stream.NextUnit() * _span);
            double x = Inverse(under);
            int rank = x >= _items ? _items : x < 1.0 ? 1 : (int)(x + 0.5);
            if (rank - x <= _shortcut || under >= Integral(rank + 0.5) - Weight(rank))
            {
                return rank;
            }
        }
    }

    /// <summary>How likely the ranks up to one are in all, 0 to 1: the share that the hottest so many items have.</summary>
    /// <param name="hottest">[0..]; beyond n it is all of them.</param>
    public double ShareOf(int hottest)
    {
        double before = 0.0, all = 0.0;
        for (int rank = _items; rank >= 1; rank--)   // the smallest first, for the rounding
        {
            double weight = Weight(rank);
            all += weight;
            before += rank <= hottest ? weight : 0.0;
        }

        return before / all;
    }

    private double Weight(double x) => ExactMath.Exp(-_exponent * ExactMath.Log(x));

    /// <summary>Of x to the power of minus s, from 1 on: (x^(1-s) - 1) / (1 - s), which is log x where s is 1.</summary>
    private double Integral(double x)
    {
        double log = ExactMath.Log(x);
        return ExpMinusOneOver((1.0 - _exponent) * log) * log;
    }

    private double Inverse(double integral)
    {
        double t = integral * (1.0 - _exponent);
        return t <= -1.0 ? double.PositiveInfinity : ExactMath.Exp(LogOnePlusOver(t) * integral);
    }

    /// <summary>(e^x - 1) / x, also near 0.</summary>
    private static double ExpMinusOneOver(double x) => Math.Abs(x) > 1e-3
        ? (ExactMath.Exp(x) - 1.0) / x
        : 1.0 + (x / 2.0 * (1.0 + (x / 3.0 * (1.0 + (x / 4.0 * (1.0 + (x / 5.0)))))));

    /// <summary>log(1 + x) / x, also near 0.</summary>
    private static double LogOnePlusOver(double x) => Math.Abs(x) > 1e-3
        ? ExactMath.Log(1.0 + x) / x
        : 1.0 - (x * (1.0 / 2.0 - (x * (1.0 / 3.0 - (x * (1.0 / 4.0 - (x * (1.0 / 5.0 - (x / 6.0)))))))));
}

namespace CryptoSim.Simulator;

/// <summary>
/// Logarithm and exponential from + - * / alone, which IEEE 754 rounds correctly: the same bits on every machine, unlike
/// the platform's library. Within a few units of the last place of the true value.
/// </summary>
internal static class ExactMath
{
    private const double Ln2High = 0.693147180369123816490;   // its last 21 bits are zero: k * Ln2High is exact for |k| below 2^20
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>Natural logarithm; <paramref name="x"/> is positive and finite.</summary>
    internal static double Log(double x)
    {
        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;   // 2^54: out of the subnormal range
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1022;
        double fraction = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (fraction < SqrtHalf)
        {
            fraction *= 2.0;
            exponent--;
        }

        return exponent * Ln2High + (LogNearOne(fraction) + exponent * Ln2Low);
    }

    /// <summary>e to the power of <paramref name="x"/>; zero and infinity beyond the range.</summary>
    internal static double Exp(double x)
    {
        if (x > 709.0)
        {
            return double.PositiveInfinity;
        }

        if (x < -708.0)
        {
            return 0.0;
        }

        double scaled = x * 1.4426950408889634074;   // 1 / ln 2
        int k = (int)(scaled + (scaled < 0 ? -0.5 : 0.5));
        double rest = x - k * Ln2High - k * Ln2Low;
        double sum = 1.0;
        for (int n = 16; n >= 1; n--)
        {
            sum = 1.0 + rest * sum / n;
        }

        return sum * BitConverter.Int64BitsToDouble((k + 1023L) << 52);
    }

    /// <summary>2 artanh((f-1)/(f+1)), for f between the root of one half and the root of two.</summary>
    private static double LogNearOne(double f)
    {
        double s = (f - 1.0) / (f + 1.0);
        double square = s * s;
        double sum = 1.0 / 25.0;
        for (int n = 23; n >= 1; n -= 2)
        {
            sum = sum * square + 1.0 / n;
        }

        return 2.0 * s * sum;
    }
}

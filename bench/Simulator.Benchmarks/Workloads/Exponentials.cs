namespace CryptoSim.Simulator.Benchmarks;

/// <summary>Exponential lengths with mean 1 us, drawn beforehand, so that a row measures the engine and not the generator.</summary>
public sealed class Exponentials
{
    private const int Mask = 0xFFFF;
    private static readonly long[] Shared = Draw();
    private readonly long[] _table = Shared;
    private int _next;

    /// <summary>The next length [ps] 1..</summary>
    public long Next()
    {
        long value = _table[_next & Mask];
        _next = unchecked(_next + 1);
        return value;
    }

    /// <summary>The next length, with another mean.</summary>
    /// <param name="mean">[us]</param>
    public long Next(double mean) => (long)(Next() * mean) + 1;

    /// <summary>Back to the first.</summary>
    public void Restart() => _next = 0;

    private static long[] Draw()
    {
        var stream = new RandomSource(12345).Stream("exponentials");
        var table = new long[Mask + 1];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Math.Max(1, stream.Exponential(Duration.FromMicroseconds(1)).Picoseconds);
        }

        return table;
    }
}

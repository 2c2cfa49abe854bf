namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Numbers for made-up records: the same on every machine.</summary>
internal sealed class Lcg(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform inside 0..1.</summary>
    public double Unit()
    {
        unchecked
        {
            _state = _state * 6364136223846793005UL + 1442695040888963407UL;
            ulong mixed = _state ^ (_state >> 33);
            mixed *= 0xff51afd7ed558ccdUL;
            return ((mixed ^ (mixed >> 33)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit()));
}

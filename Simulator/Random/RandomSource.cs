namespace CryptoSim.Simulator;

/// <summary>Makes the streams of one run. Each source has its own, so that one more draw in one place changes nothing in another.</summary>
/// <param name="seed">The run's seed.</param>
/// <param name="replication">Number of the replication [0..].</param>
public sealed class RandomSource(ulong seed, int replication = 0)
{
    /// <summary>The run's seed.</summary>
    public ulong Seed => seed;

    /// <summary>Number of the replication.</summary>
    public int Replication => replication;

    /// <summary>The stream of a name: the same for the same seed, replication and name, whatever other streams there are.</summary>
    public RandomStream Stream(string name)
    {
        ulong hash = SplitMix.Mix(seed);
        hash = SplitMix.Mix(hash ^ unchecked((ulong)replication + 0x51ED270B27B4F3CF));
        foreach (char letter in name)
        {
            hash = SplitMix.Mix(unchecked(hash + letter + 1));
        }

        return new RandomStream(hash, name);
    }
}

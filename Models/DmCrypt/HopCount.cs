namespace CryptoSim.Models.DmCrypt;

/// <summary>Queues that bios, or the parts of them that were taken, passed on their way through dm-crypt: kcryptd_io, kcryptd, the crypto API's or its driver's, dmcrypt_write. The softirq of a CPU is none of them.</summary>
/// <param name="Bios">Bios or parts that ended.</param>
/// <param name="Total">Queues that all of them passed.</param>
/// <param name="Max">Queues that one of them passed at most.</param>
public readonly record struct HopCount(long Bios, long Total, int Max)
{
    /// <summary>Queues that one of them passed on average; 0 if there were none.</summary>
    public double Mean => Bios == 0 ? 0 : (double)Total / Bios;

    /// <summary>With one more.</summary>
    public HopCount Plus(int hops) => new(Bios + 1, Total + hops, Math.Max(Max, hops));
}

using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>bc_dun: the number of a data unit, from which its IV is made; 256 bits in four limbs, the least significant first (KS-31).</summary>
/// <param name="Limb0">Least significant.</param>
/// <param name="Limb1">Second.</param>
/// <param name="Limb2">Third.</param>
/// <param name="Limb3">Most significant.</param>
[KernelSource("block/blk-crypto.c", "bio_crypt_dun_increment, bio_crypt_dun_is_contiguous", Version = "v5.9", Rules = "KS-31")]
public readonly record struct DataUnitNumber(ulong Limb0, ulong Limb1, ulong Limb2, ulong Limb3)
{
    /// <summary>A number below 2^64.</summary>
    public DataUnitNumber(ulong value)
        : this(value, 0, 0, 0)
    {
    }

    /// <summary>The number so many units on; a carry goes through all limbs, and beyond the last it is lost.</summary>
    public DataUnitNumber Plus(ulong units)
    {
        ulong limb0 = unchecked(Limb0 + units);
        ulong carry = limb0 < units ? 1UL : 0;
        ulong limb1 = unchecked(Limb1 + carry);
        carry = limb1 < carry ? 1UL : 0;
        ulong limb2 = unchecked(Limb2 + carry);
        carry = limb2 < carry ? 1UL : 0;
        return new DataUnitNumber(limb0, limb1, limb2, unchecked(Limb3 + carry));
    }

    /// <summary>True if <paramref name="next"/> is so many units on and nothing wrapped through 0 on the way.</summary>
    /// <param name="units">Data units of what begins here.</param>
    /// <param name="next">Where what may follow begins.</param>
    public bool IsContiguous(ulong units, DataUnitNumber next)
    {
        DataUnitNumber end = Plus(units);
        return end == next && end.CompareTo(this) >= 0;
    }

    private int CompareTo(DataUnitNumber other)
    {
        int order = Limb3.CompareTo(other.Limb3);
        order = order != 0 ? order : Limb2.CompareTo(other.Limb2);
        order = order != 0 ? order : Limb1.CompareTo(other.Limb1);
        return order != 0 ? order : Limb0.CompareTo(other.Limb0);
    }
}

using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Which crypto units of an io were encrypted: a bit for each.</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Version = "v4.1", Rules = "DM-D5 DM-K1")]
public sealed class EncryptedSectors
{
    private readonly List<ulong> _words = [];   // 64 units each

    /// <summary>Units encrypted.</summary>
    public int Count { get; private set; }

    /// <summary>Begins an io of so many units.</summary>
    public void Begin(int units)
    {
        _words.Clear();
        Count = 0;
        for (int i = 0; i < units; i += 64)
        {
            _words.Add(0);
        }
    }

    /// <summary>A unit was encrypted.</summary>
    /// <returns>False if it had been, or is none of the io's.</returns>
    public bool Mark(long unit)
    {
        if (unit < 0 || unit >> 6 >= _words.Count)
        {
            return false;
        }

        ulong bit = 1UL << (int)(unit & 63);
        bool isNew = (_words[(int)(unit >> 6)] & bit) == 0;
        _words[(int)(unit >> 6)] |= bit;
        Count += isNew ? 1 : 0;
        return isNew;
    }
}

using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The data that one conversion encrypts or decrypts: the pages of a write's clone, or those of a read's own bio. Symbolic: where they belong, and which units were done.</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert_init", Version = "v6.18", Rules = "DM-D5 DM-K1")]
internal sealed class ConvertData
{
    private readonly EncryptedSectors _encrypted = new();

    /// <summary>[512-byte sectors] Where the first unit belongs on the device below.</summary>
    public long FirstSector { get; private set; }

    /// <summary>Crypto units.</summary>
    public int Units { get; private set; }

    /// <summary>All units.</summary>
    public DataSize Size { get; private set; }

    /// <summary>Units done.</summary>
    public int Done => _encrypted.Count;

    /// <summary>Pages that hold them.</summary>
    public int Pages { get; private set; }

    /// <summary>Of them, pages that came as compound pages and go back to the allocator, not to the pool.</summary>
    public int CompoundPages { get; set; }

    /// <summary>Fresh pages: no unit is done.</summary>
    public void Begin(long firstSector, DataSize size, DataSize unit)
    {
        (FirstSector, Size, Units) = (firstSector, size, (int)(size.Bytes / unit.Bytes));
        Pages = (int)((size.Bytes + PageAllocator.PageBytes - 1) / PageAllocator.PageBytes);
        _encrypted.Begin(Units);
    }

    /// <summary>A unit was done.</summary>
    /// <returns>False if it had been already, or is none of these data.</returns>
    public bool Mark(long unit) => _encrypted.Mark(unit);
}

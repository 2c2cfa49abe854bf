using System.Globalization;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct blk_crypto_key</c>: a key is the same as another if it is the same object (KS-A4 says how that was before 5.8).</summary>
/// <remarks>Symbolic: no bytes. The memory belongs to whoever opened the file; a keyslot only refers to it.</remarks>
[KernelSource("include/linux/blk-crypto.h", "struct blk_crypto_key", Version = "v5.9", Rules = "KS-19 KS-48 KS-49")]
public sealed class BlkCryptoKey : IHolder
{
    [NotState]
    private readonly string? _name;   // for people; null for one of many
    private ObjectLifetime _lifetime;

    /// <summary>A key, as <c>blk_crypto_init_key</c>.</summary>
    /// <param name="name">For people, e.g. <c>a</c>.</param>
    /// <param name="number">0-based; the bucket of the hash table in place of the hash of an address.</param>
    /// <param name="dataUnitSize">Power of two, 512 B to 64 KiB.</param>
    /// <param name="dunBytes">Bytes of a data unit number that may be other than 0.</param>
    public BlkCryptoKey(string name, int number, DataSize dataUnitSize, int dunBytes = 8)
    {
        (_name, Number, DataUnitSize, DunBytes) = (name, number, dataUnitSize, dunBytes);
    }

    /// <summary>A key of one of many files, called by its number.</summary>
    /// <param name="number">0-based; the bucket of the hash table in place of the hash of an address.</param>
    /// <param name="dataUnitSize">Power of two, 512 B to 64 KiB.</param>
    public BlkCryptoKey(int number, DataSize dataUnitSize) => (Number, DataUnitSize, DunBytes) = (number, dataUnitSize, 8);

    /// <inheritdoc/>
    public string Label => "key " + (_name ?? "#" + Number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>0-based; the bucket of the hash table in place of the hash of an address.</summary>
    public int Number { get; }

    /// <summary>data_unit_size: power of two.</summary>
    public DataSize DataUnitSize { get; }

    /// <summary>dun_bytes.</summary>
    public int DunBytes { get; init; }

    /// <summary>crypto_mode.</summary>
    public CryptoMode Mode { get; init; }

    /// <summary>crypto_cfg: what it asks of the device.</summary>
    public CryptoConfig Config => new(Mode, DataUnitSize, DunBytes);

    /// <summary>The key's memory and the rule for those who use it after it was freed.</summary>
    private static KernelType Type => new("blk_crypto_key", "KS-19");

    /// <summary>Its owner ends its life, as <c>kfree_sensitive</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="function">The kernel function that frees it.</param>
    /// <returns>False, with the run ended, if it was freed before.</returns>
    public bool Free(LinuxKernel kernel, string function) => _lifetime.Free(kernel, function, Type, this);

    /// <summary>Reads it. What only compares pointers, such as a look-up among the slots, does not.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="function">The kernel function that does.</param>
    /// <returns>False, with the run ended, if it is freed.</returns>
    public bool Touch(LinuxKernel kernel, string function) => _lifetime.Touch(kernel, function, Type, this);

    /// <summary>Nobody is owed anything by it.</summary>
    public void Owners(OwnerList owners)
    {
    }
}

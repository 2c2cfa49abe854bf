using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>The keys of a machine by name, so that jobs that name the same key share it: a key per policy.</summary>
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_prepare_inline_crypt_key", Version = "v5.9", Rules = "KS-F1")]
public sealed class KeyRing
{
    [NotState]
    private readonly List<string> _names = [];
    [NotState]
    private readonly List<BlkCryptoKey> _keys = [];   // in order of their numbers

    /// <summary>Keys so far.</summary>
    public int Count => _keys.Count;

    /// <summary>The key of a name; made when first asked for, while the machine is built.</summary>
    public BlkCryptoKey Get(string name, DataSize dataUnitSize)
    {
        int known = _names.IndexOf(name);
        return known >= 0 ? _keys[known] : Add(name, dataUnitSize);
    }

    /// <summary>A further key.</summary>
    public BlkCryptoKey Add(string name, DataSize dataUnitSize)
    {
        BlkCryptoKey key = new(name, _keys.Count, dataUnitSize);
        _names.Add(name);
        _keys.Add(key);
        return key;
    }
}

using CryptoSim.Models.InlineCrypto.Fallback;
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
    private readonly List<BlkCryptoKey> _keys = [];   // those that have a name
    private int _count;                               // numbers given out

    /// <summary>Keys so far, those that have no name included.</summary>
    public int Count => _count;

    /// <summary>The key of a name; made when first asked for, while the machine is built.</summary>
    public BlkCryptoKey Get(string name, DataSize dataUnitSize) => Get(name, new CryptoConfig(CryptoMode.Aes256Xts, dataUnitSize, 8));

    /// <summary>The key of a name, with what it asks of the device; made when first asked for, while the machine is built.</summary>
    public BlkCryptoKey Get(string name, CryptoConfig config)
    {
        int known = _names.IndexOf(name);
        return known >= 0 ? _keys[known] : Add(name, config);
    }

    /// <summary>A further key.</summary>
    public BlkCryptoKey Add(string name, CryptoConfig config)
    {
        BlkCryptoKey key = new(name, Reserve(1), config.DataUnitSize, config.DunBytes) { Mode = config.Mode };
        _names.Add(name);
        _keys.Add(key);
        return key;
    }

    /// <summary>Numbers for further keys, which have no name.</summary>
    /// <returns>The first of them.</returns>
    public int Reserve(int keys)
    {
        _count += keys;
        return _count - keys;
    }
}

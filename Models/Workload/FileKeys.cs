using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>The keys under which the files of a job are encrypted; its clones share them.</summary>
/// <remarks>A key is made when its file is first used: the file is opened then.</remarks>
[KernelSource("fs/crypto/keysetup.c", "fscrypt_setup_v2_file_key", Version = "v5.9", Rules = "KS-F1 KS-F2")]
internal sealed class FileKeys
{
    private readonly KeyRing _ring;
    [NotState]
    private readonly CryptoConfig _config;
    private readonly BlkCryptoKey?[] _keys;   // of each file; none where every I/O has its own
    private readonly KeyScope _scope;
    private readonly int _first;              // number of the first file's key

    private FileKeys(KeyRing ring, CryptoConfig config, int files, KeyScope scope)
    {
        (_ring, _config, Files, _scope) = (ring, config, files, scope);
        _keys = new BlkCryptoKey?[scope == KeyScope.File ? files : 1];
        _first = ring.Reserve(_keys.Length);
    }

    private FileKeys(KeyRing ring, BlkCryptoKey key)
    {
        (_ring, _config, Files, _scope, _keys) = (ring, key.Config, 1, KeyScope.Policy, [key]);
    }

    /// <summary>Files of the job.</summary>
    public int Files { get; }

    /// <summary>Each I/O has a key of its own.</summary>
    public bool IsPerIo { get; private init; }

    /// <summary>As the job asks for; null if the device is not to encrypt its I/O.</summary>
    public static FileKeys? For(JobOptions options, KeyRing ring) => options switch
    {
        { Key: { } name } => new FileKeys(ring, ring.Get(name, options.CryptoConfig!.Value)),
        { Keys: { } keys } => new FileKeys(ring, options.CryptoConfig!.Value, keys.Count ?? 1, keys.Scope) { IsPerIo = keys.PerIo },
        _ => null,
    };

    /// <summary>The key of an I/O to a file.</summary>
    public BlkCryptoKey KeyOf(int file)
    {
        if (IsPerIo)
        {
            return NewKey(_ring.Reserve(1));
        }

        int key = _keys.Length == 1 ? 0 : file;
        return _keys[key] ??= NewKey(_first + key);
    }

    private BlkCryptoKey NewKey(int number) => new(number, _config.DataUnitSize) { Mode = _config.Mode, DunBytes = _config.DunBytes };

    /// <summary>The number of a file's data unit, as fscrypt_generate_dun.</summary>
    public DataUnitNumber DunOf(int file, long block) =>
        new(_scope == KeyScope.Policy ? ((ulong)file << 32) | (ulong)block : (ulong)block);
}

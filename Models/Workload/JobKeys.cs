using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Under which key each I/O of a clone is encrypted, as fscrypt_set_bio_crypt_ctx says it of a file's data.</summary>
/// <remarks>Which file an I/O is to follows from its sector. Blocks of different files never have contiguous numbers.</remarks>
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_set_bio_crypt_ctx, fscrypt_generate_dun", Version = "v5.9", Rules = "KS-F1 KS-31")]
internal sealed class JobKeys(FileKeys keys, DataSize unit, long fileBytes)
{
    private readonly FileKeys _keys = keys;
    private readonly FreeList<BioCryptContext> _free = new();   // of bios not in flight
    private readonly long _fileSectors = fileBytes / 512;       // [512-byte sectors]
    private readonly long _unitSectors = unit.Bytes / 512;      // [512-byte sectors]

    /// <summary>The context of an I/O, which comes back by <see cref="Put"/>.</summary>
    public BioCryptContext ContextOf(Bio bio)
    {
        int file = _keys.Files == 1 ? 0 : (int)(bio.Sector / _fileSectors);
        long block = (bio.Sector - (file * _fileSectors)) / _unitSectors;
        BlkCryptoKey key = _keys.KeyOf(file);
        if (!_free.TryTake(out BioCryptContext? context))
        {
            return new BioCryptContext(key, _keys.DunOf(file, block));
        }

        context.Set(key, _keys.DunOf(file, block));
        return context;
    }

    /// <summary>The bio has ended, and its context may serve another.</summary>
    public void Put(Bio bio)
    {
        if (bio.Crypt is { } context)
        {
            bio.Crypt = null;
            _free.Put(context);
        }
    }
}

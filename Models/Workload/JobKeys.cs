using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Under which key each I/O of a job is encrypted, as fscrypt_set_bio_crypt_ctx says it of a file's data.</summary>
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_set_bio_crypt_ctx, fscrypt_generate_dun", Version = "v5.9", Rules = "KS-F1 KS-31")]
internal sealed class JobKeys
{
    [NotState]
    private readonly DataSize _unit;
    private readonly BlkCryptoKey _key;

    public JobKeys(JobOptions options, KeyRing keys)
    {
        _unit = options.DataUnitSize;
        _key = keys.Get(options.Key!, _unit);
    }

    /// <summary>The I/O's context: its data units are numbered from the start of the region.</summary>
    public BioCryptContext ContextOf(Bio bio) => new(_key, new DataUnitNumber((ulong)(bio.Sector * 512 / _unit.Bytes)));
}

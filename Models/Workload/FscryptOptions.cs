using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Files with a key of their own that are opened, used and closed one after the other, as fscrypt has them: the key lives as long as the file is open, and is evicted and freed when all I/O has ended.</summary>
[Model("fscrypt")]
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_prepare_inline_crypt_key, fscrypt_destroy_inline_crypt_key", Version = "v6.18", Rules = "KS-20 KS-F1")]
public sealed record FscryptOptions : WorkloadOptions
{
    /// <summary>The block device that the files are on.</summary>
    [NamesPart(typeof(object))]
    public required string Device { get; init; }

    /// <summary>Direction and order of the I/O within a file.</summary>
    [DefaultFrom("fio's default")]
    public Rw Rw { get; init; } = Rw.Read;

    /// <summary>Size of one I/O.</summary>
    [DefaultFrom("fio's default, 4k")]
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>Files that each clone uses, one after the other.</summary>
    [Range(1, 1_000_000)]
    public required int Files { get; init; }

    /// <summary>I/O to each file; its size is as many times bs.</summary>
    [Range(1, 1_000_000)]
    [DefaultFrom("assumed: a file of one I/O")]
    public int IosPerFile { get; init; } = 1;

    /// <summary>I/O of one clone in flight.</summary>
    [Range(1, 65536)]
    [DefaultFrom("fio's default")]
    public int Iodepth { get; init; } = 1;

    /// <summary>Clones, each with files of its own.</summary>
    [Range(1, 4096)]
    [DefaultFrom("fio's default")]
    public int Numjobs { get; init; } = 1;

    /// <summary>From the end of a file's last I/O until its key is removed, while the inode stays in memory.</summary>
    [DefaultFrom("assumed: 0, the inode is evicted as soon as it is clean")]
    public Duration KeepsKey { get; init; }

    /// <summary>From the end of one file until the next is opened.</summary>
    [DefaultFrom("assumed: 0")]
    public Duration ThinkTime { get; init; }

    /// <summary>Time from the end of an I/O until the clone that sleeps for it runs.</summary>
    [DefaultFrom("assumed: 0, a clone that runs on another CPU and does not sleep; one thread hop for one that does")]
    public Duration Wakeup { get; init; }

    /// <summary>data_unit_size of the keys: a power of two, 512 B to 64 KiB; every I/O is a multiple of it.</summary>
    [DefaultFrom("the block size of the filesystem; assumed: 4KiB")]
    public DataSize DataUnitSize { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>crypto_mode of the keys. A host that lacks it leaves the I/O to blk-crypto-fallback, and keys are evicted there.</summary>
    [DefaultFrom("the one that hosts have (KS-48)")]
    public CryptoMode CryptoMode { get; init; } = CryptoMode.Aes256Xts;

    /// <summary>dun_bytes of the keys: bytes of a data unit's number that may be other than 0.</summary>
    [Range(1, 32)]
    [DefaultFrom("recalled: fscrypt_get_dun_bytes(), 4 where the block makes the number")]
    public int DunBytes { get; init; } = 4;

    internal override Duration? RunsFor => null;

    internal override (string Device, CryptoConfig Config)? UsesKeys => (Device, new CryptoConfig(CryptoMode, DataUnitSize, DunBytes));

    /// <summary>The I/O of one file in fio's words.</summary>
    internal JobOptions OneFile => new()
    {
        Device = Device,
        Rw = Rw,
        Bs = Bs,
        Size = new DataSize(Bs.Bytes * IosPerFile),
        Iodepth = Iodepth,
        Keys = new KeysOptions { Count = 1 },
        DataUnitSize = DataUnitSize,
        CryptoMode = CryptoMode,
        DunBytes = DunBytes,
    };
}

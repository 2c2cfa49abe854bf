using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Workload;

/// <summary>The files of a job and the keys of their data.</summary>
[KernelSource("fs/crypto/keysetup.c", "fscrypt_setup_v2_file_key", Version = "v5.9", Rules = "KS-F1 KS-F2")]
public sealed record KeysOptions
{
    /// <summary>Files, each an equal part of the job's region and at least one I/O long. All clones of the job use them. Goes without only if per_io is true.</summary>
    [Range(1, 1_000_000)]
    public int? Count { get; init; }

    /// <summary>Each I/O chooses its file by Zipf's law with this exponent: the n-th file is n to the power of it times less likely than the first; with 0 each is as likely as the other.</summary>
    [DefaultFrom("assumed: no file is hotter than another")]
    public decimal Zipf { get; init; }

    /// <summary>Whether each file has a key of its own.</summary>
    [DefaultFrom("what fscrypt does unless the policy says otherwise (KS-F1)")]
    public KeyScope Scope { get; init; } = KeyScope.File;

    /// <summary>A fresh key for each I/O, so that none is ever found in a slot. No file system does so: it is the case that queueing theory solves.</summary>
    [DefaultFrom("assumed: files are used more than once")]
    public bool PerIo { get; init; }
}

/// <summary>What data one key encrypts.</summary>
public enum KeyScope
{
    /// <summary>One file: its data units are numbered by its blocks.</summary>
    [KernelSource("fs/crypto/keysetup.c", "fscrypt_set_per_file_enc_key", Version = "v5.9", Rules = "KS-F1")]
    File,

    /// <summary>All files of the job: IV_INO_LBLK_64 numbers data units by inode and block, <c>(inode &lt;&lt; 32) | block</c>.</summary>
    [KernelSource("fs/crypto/crypto.c", "fscrypt_generate_iv", Commit = "b103fb7653ff", Rules = "KS-F1")]
    Policy,
}

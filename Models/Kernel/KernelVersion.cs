using CryptoSim.Models.Options;

namespace CryptoSim.Models.Kernel;

/// <summary>The kernel releases whose defaults differ: each names the first release with the behaviour that a part takes from it.</summary>
/// <remarks>Members are in the order of history, so that a part may ask for "at least".</remarks>
public enum KernelVersion
{
    /// <summary>2.6.32: one kcryptd thread, ios split by memory, one io for each fragment.</summary>
    [Word("2.6.32")]
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Version = "v2.6.32", Mail = "003_b607b29a8b8f132c", Rules = "DM-D20 DM-S7")]
    V2632,

    /// <summary>3.6: kcryptd on each CPU, reads submitted in the caller's context.</summary>
    [Word("3.6")]
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer, kcryptd_io_read", Version = "v3.6", Rules = "DM-D20 DM-D30")]
    V36,

    /// <summary>4.1-rc1: waits for every request.</summary>
    [Word("4.1-rc1")]
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Commit = "0618764cb25f", Rules = "DM-B02")]
    V41Rc1,

    /// <summary>4.1: the revert; unbound kcryptd, whole-bio buffers, the sorting write thread.</summary>
    [Word("4.1")]
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Commit = "c0403ec0bb5a", Mail = "000_3c7679767576e472", Rules = "DM-C4")]
    V41,

    /// <summary>5.8: the last without no_read_workqueue and no_write_workqueue; crypto_engine with retry.</summary>
    [Word("5.8")]
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "6a89f492f8e5", Rules = "DM-E3")]
    V58,

    /// <summary>5.9: no_read_workqueue and no_write_workqueue; waits and allocates in softirq.</summary>
    [Word("5.9")]
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Commit = "39d42fa96ba1", Rules = "DM-D40 DM-B03")]
    V59,

    /// <summary>5.11: conversion resumes from a workqueue when softirq would have to wait.</summary>
    [Word("5.11")]
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_crypt_read_continue", Commit = "8abec36d1274", Rules = "DM-B03 DM-B04")]
    V511,

    /// <summary>6.5: qat's backlog, crypto_engine notifies after a dispatch.</summary>
    [Word("6.5")]
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "4140aafcff16", Rules = "DM-B08")]
    V65,

    /// <summary>6.9: BH work in the place of tasklets.</summary>
    [Word("6.9")]
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Version = "v6.9", Rules = "DM-D40 DM-B07")]
    V69,

    /// <summary>6.18: reads and writes split at 128 KiB; tag_offset kept across a continuation.</summary>
    [Word("6.18")]
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Version = "v6.18", Rules = "DM-B18 DM-B19")]
    V618,
}

using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.AfAlg;

/// <summary>What kcapi does with its data: -x, and -s.</summary>
public enum KcapiType
{
    /// <summary>-x 9: one call of libkcapi with all IOVECs, done by io_submit with an IOCB for each.</summary>
    [KernelSource("fs/aio.c", "io_submit, io_getevents", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-11 AA-13")]
    Aio,

    /// <summary>-x 1: so many calls, each with the IV of the command line and a read that is waited for.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg", Version = "v4.14", Rules = "AA-9 AA-22")]
    Sync,

    /// <summary>-x 1 -s: the IV once, then so many pieces of one stream, each with a read that is waited for.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg", Version = "v4.14", Rules = "AA-9 AA-22 AA-M1")]
    SyncStream,
}

/// <summary>By what name kcapi binds its socket: -c.</summary>
public enum KcapiCipher
{
    /// <summary>AES, chained by the last block of ciphertext.</summary>
    [Word("cbc(aes)")]
    [KernelSource("crypto/cbc.c", "crypto_cbc_encrypt", Version = "v4.14", Rules = "AA-17")]
    CbcAes,

    /// <summary>AES, chained by the counter.</summary>
    [Word("ctr(aes)")]
    [KernelSource("crypto/ctr.c", "crypto_ctr_crypt", Version = "v4.14", Rules = "AA-18")]
    CtrAes,
}

/// <summary>What kcapi does when the event of an IOCB says EBUSY.</summary>
public enum KcapiRetry
{
    /// <summary>The call has failed, and nothing is printed: libkcapi.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_alloc_areq", Commit = "67b164a871af", Rules = "AA-V3")]
    Fail,

    /// <summary>A caller who submits IOCBs one by one, and on EBUSY waits for an event and submits the same one again.</summary>
    [KernelSource("fs/aio.c", "io_getevents", Version = "v4.14", Rules = "AA-M5")]
    Retry,

    /// <summary>A caller who submits all of them, and when all events are there those that were refused again. One of them may have been refused when a later one was not: it then gets the data of that one.</summary>
    [KernelSource("fs/aio.c", "io_submit", Version = "v4.14", Rules = "AA-7 AA-13 AA-M5")]
    RetryBatch,
}

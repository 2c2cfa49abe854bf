using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>What the driver does with an element whose IV is not that of any element before it in flight.</summary>
public enum NewIv
{
    /// <summary>Keeps it in the softqueue like any other: a comment in the driver lists a new IV among the reasons to let one go, and no line compares IVs.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_send_request", Version = "v4.19", Rules = "AA-27 AA-29")]
    Waits,

    /// <summary>Sends it to the ring if the softqueue is empty, as the comment says: elements depend on each other only if their IV pointer is the same.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_send_request", Version = "v4.19", Rules = "AA-29")]
    Goes,
}

/// <summary>When the driver takes its queues to be full.</summary>
public enum SoftqueueRoom
{
    /// <summary>The ring lacks room, and the softqueue has more room than is needed: never while the ring holds one element, so that a full softqueue is pushed into.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto", Version = "v4.19", Rules = "AA-26 AA-29")]
    AvailAboveSteps,

    /// <summary>The ring lacks room, and the softqueue does too: the comparison turned round and nothing else, which still asks the ring about elements that go to the softqueue. A derived mistake.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto", Version = "v4.19", Rules = "AA-29")]
    AvailBelowSteps,

    /// <summary>The queue that the elements go to lacks room: the softqueue of a mode that has one, otherwise the ring.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto", Version = "v4.19", Rules = "AA-29")]
    OfItsQueue,
}

/// <summary>What is written back as the next IV of a counter mode.</summary>
public enum CtrIv
{
    /// <summary>One more than what stands there, whatever the length: right for a request of one block.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_skcipher_alg_callback", Version = "v4.19", Rules = "AA-28 AA-29")]
    PlusOne,

    /// <summary>The counter after the last block.</summary>
    [KernelSource("crypto/ctr.c", "crypto_ctr_crypt", Version = "v4.19", Rules = "AA-18")]
    PlusBlocks,
}

/// <summary>What is written back as the next IV when CBC decrypts.</summary>
public enum CbcDecryptIv
{
    /// <summary>The last block that came out, which is plaintext.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_skcipher_alg_callback", Version = "v4.19", Rules = "AA-28 AA-29")]
    LastOutputBlock,

    /// <summary>The last block that went in, which is ciphertext.</summary>
    [KernelSource("crypto/cbc.c", "crypto_cbc_decrypt", Version = "v4.19", Rules = "AA-17 AA-18")]
    LastInputBlock,
}

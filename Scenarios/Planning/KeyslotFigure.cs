namespace CryptoSim.Scenarios.Planning;

/// <summary>What is measured at a point.</summary>
public enum KeyslotFigure
{
    /// <summary>[1] Share of the encrypted I/O that finds no keyslot: it waits or, under fallback, is encrypted by the CPU.</summary>
    NoSlot,

    /// <summary>[1/s] Keys programmed.</summary>
    Programs,

    /// <summary>[ps] Median latency of unencrypted I/O.</summary>
    PlainP50,

    /// <summary>[ps] 99th percentile of the latency of unencrypted I/O.</summary>
    PlainP99,

    /// <summary>[ps] Mean latency of unencrypted I/O less that of the same traffic where no keyslots are needed.</summary>
    PlainAdded,

    /// <summary>[ps] 99th percentile of the latency of encrypted I/O.</summary>
    EncryptedP99,

    /// <summary>[ps] Mean latency of encrypted I/O less that of the same traffic where no keyslots are needed.</summary>
    EncryptedAdded,

    /// <summary>[1/s] Encrypted I/Os that end.</summary>
    EncryptedIops,

    /// <summary>[1] Share of the encrypted I/Os that would end where no keyslots are needed, and do not.</summary>
    EncryptedLost,
}

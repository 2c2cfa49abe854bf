using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Where a read is decrypted that ends in an interrupt or with interrupts disabled, with no_read_workqueue: DM-D40's table.</summary>
public enum DecryptFromInterrupt
{
    /// <summary>A BH work item: softirq.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Version = "v6.9", Rules = "DM-D40 DM-B07")]
    BhWork,

    /// <summary>kcryptd after all.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Commit = "0a9bab391e33", Rules = "DM-D40 DM-B07")]
    Kcryptd,

    /// <summary>A tasklet of the io, in hardirq and with interrupts disabled.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Commit = "c87a95dc28b1", Rules = "DM-D40 DM-B05")]
    Tasklet,

    /// <summary>A tasklet of the io in hardirq; with interrupts disabled in place.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Commit = "39d42fa96ba1", Rules = "DM-D40 DM-B05")]
    TaskletInHardirq,
}

/// <summary>Where a bio is ended whose decryption ran in a tasklet of its own io.</summary>
public enum EndFromTasklet
{
    /// <summary>In a work item of kcryptd_io, when the tasklet is over.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_dec_pending, kcryptd_io_bio_endio", Commit = "8e14f610159d", Rules = "DM-B07")]
    ViaKcryptdIo,

    /// <summary>In the tasklet, whose memory the end of the bio frees.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_dec_pending", Commit = "39d42fa96ba1", Rules = "DM-B07")]
    InTasklet,
}

/// <summary>What crypt_dec_pending does first when the last reference goes.</summary>
public enum LastReference
{
    /// <summary>Frees the io, then ends the bio.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_dec_pending", Commit = "b35f8caa0890", Rules = "DM-D6 DM-B23")]
    FreeFirst,

    /// <summary>Ends the bio, then frees the io to a pool that the end of the bio may have let go.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_dec_pending", Mail = "003_b607b29a8b8f132c", Rules = "DM-B23 DM-S8")]
    EndFirst,
}

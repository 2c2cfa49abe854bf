using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>When a request that has ended gives its keyslot back.</summary>
public enum KeyslotRelease
{
    /// <summary>Before anybody is told that it has ended: whoever evicts its key when all its I/O has ended finds no reference to the slot.</summary>
    [KernelSource("block/blk-mq.c", "blk_complete_request, blk_update_request, __blk_crypto_rq_put_keyslot", Commit = "9cd1e566676b", Rules = "KS-28")]
    BeforeBioEndio,

    /// <summary>When it is freed, after its bios have ended: in between another CPU may evict the key, and finds its slot in use.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_free_request, blk_crypto_free_request", Commit = "a892c8d52c02", Rules = "KS-29")]
    AtRequestFree,
}

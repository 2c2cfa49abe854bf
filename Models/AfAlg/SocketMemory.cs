using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>What an operation socket is charged for, and who refers to it: sk_omem_alloc, ctx->rcvused, sock_hold().</summary>
/// <remarks>
/// sock_kmalloc() fails where the sum would come to optmem_max. The receive buffer is looked at before each run of 16 pages
/// that a read pins and may be overdrawn by one. 4.1 allocated its requests without charging (recalled).
/// </remarks>
[KernelSource("net/core/sock.c", "sock_kmalloc, sock_kfree_s, sock_hold, sock_put", Version = "v4.14", Rules = "AA-3 AA-5 AA-9 AA-C6")]
internal sealed class SocketMemory(AfAlgOptions options, long optmemMax, bool isCharged)
{
    private const int TxEntries = 126;        // MAX_SGL_ENTS: what fits into a page, less 1
    private const long TxBlock = 4088;        // [B] struct af_alg_tsgl with so many entries of 32 bytes and one to chain
    private const long RxRun = 16 * TxList.PageSize;   // [B] ALG_MAX_PAGES, of pages that a read pins at once
    private const long Rsgl = 704;            // [B] struct af_alg_rsgl; the first lies in the areq
    private const long Entry = 32;            // [B] struct scatterlist

    private readonly long _optmemMax = optmemMax;                                   // [B] net.core.optmem_max
    private readonly long _rcvbuf = Math.Max(options.Rcvbuf.Bytes & ~(TxList.PageSize - 1L), TxList.PageSize);   // [B]
    private readonly long _areqSize = options.AreqSize.Bytes;                       // [B]
    private readonly bool _isCharged = isCharged;
    private long _txBlocks;                                                         // of the TX list

    /// <summary>sk_omem_alloc [B].</summary>
    public long Omem { get; private set; }

    /// <summary>ctx->rcvused [B].</summary>
    public long RcvUsed { get; private set; }

    /// <summary>References of requests of AIO: sock_hold() less sock_put().</summary>
    public int Held { get; private set; }

    /// <summary>Areqs allocated and not freed.</summary>
    public int Areqs { get; private set; }

    /// <summary>Most areqs with data at a time.</summary>
    [field: NotState]
    public int AreqsMax { get; private set; }

    /// <summary>Greatest sk_omem_alloc [B].</summary>
    [field: NotState]
    public long OmemMax { get; private set; }

    /// <summary>af_alg_alloc_areq(): room for a request.</summary>
    /// <returns>False for -ENOMEM.</returns>
    public bool TryAllocate(Areq areq)
    {
        if (!TryCharge(areq, _areqSize))
        {
            return false;
        }

        Areqs++;
        return true;
    }

    /// <summary>af_alg_get_rsgl(): pins pages of the user's, page-aligned, run by run while a page of the receive buffer is left.</summary>
    /// <returns>Bytes pinned [B]; -1 for -ENOMEM.</returns>
    public long Pin(Areq areq, long bytes)
    {
        long pinned = 0;
        while (pinned < bytes && (!_isCharged || _rcvbuf - RcvUsed >= TxList.PageSize))
        {
            if (pinned > 0 && !TryCharge(areq, Rsgl))
            {
                return -1;
            }

            long run = Math.Min(bytes - pinned, RxRun);
            (pinned, RcvUsed, areq.Pinned) = (pinned + run, RcvUsed + run, areq.Pinned + run);
        }

        return pinned;
    }

    /// <summary>The areq's own list of pages to read from.</summary>
    /// <returns>False for -ENOMEM.</returns>
    public bool TryList(Areq areq, long entries)
    {
        AreqsMax = Math.Max(AreqsMax, Areqs);
        return TryCharge(areq, entries * Entry);
    }

    /// <summary>af_alg_free_resources().</summary>
    public void Free(Areq areq)
    {
        Areqs--;
        (Omem, RcvUsed) = (Omem - areq.Charged, RcvUsed - areq.Pinned);
        (areq.Charged, areq.Pinned) = (0, 0);
        Invariant.Holds(Areqs >= 0 && Omem >= 0 && RcvUsed >= 0, "no more is freed than was allocated (AA-C6)");
    }

    /// <summary>af_alg_alloc_tsgl() and its counterpart: the TX list comes to so many pages.</summary>
    /// <returns>False for -ENOMEM; then nothing changes.</returns>
    public bool TryHoldPages(long pages)
    {
        long blocks = (pages + TxEntries - 1) / TxEntries;
        long bytes = (blocks - _txBlocks) * TxBlock;
        if (bytes > 0 && Omem + bytes >= _optmemMax)
        {
            return false;
        }

        _txBlocks = blocks;
        Add(bytes);
        return true;
    }

    /// <summary>sock_hold().</summary>
    public void Hold() => Held++;

    /// <summary>sock_put().</summary>
    public void Put()
    {
        Held--;
        Invariant.Holds(Held >= 0, "nobody puts a sock that he does not hold (AA-C6)");
    }

    /// <summary>What is left of requests; null if nothing is.</summary>
    public string? FindLeak() => (Areqs, Held) switch
    {
        (0, 0) => null,
        (0, _) => $"{Held} references to a sock",
        _ => $"{Areqs} areqs allocated",
    };

    private bool TryCharge(Areq areq, long bytes)
    {
        if (!_isCharged)
        {
            return true;
        }

        if (Omem + bytes >= _optmemMax)
        {
            return false;
        }

        areq.Charged += bytes;
        Add(bytes);
        return true;
    }

    private void Add(long bytes)
    {
        Omem += bytes;
        OmemMax = Math.Max(OmemMax, Omem);
    }
}

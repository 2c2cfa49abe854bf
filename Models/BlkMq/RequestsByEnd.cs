using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>The requests of an elevator by the sector where they end, for the one that a bio or a request may join.</summary>
[KernelSource("block/elevator.c", "elv_rqhash_add, elv_rqhash_del, elv_rqhash_find, elv_rqhash_reposition", Version = "v6.18")]
internal sealed class RequestsByEnd
{
    private const int Buckets = 64;   // 1 << ELV_HASH_BITS, recalled

    private readonly Request?[] _buckets = new Request?[Buckets];   // first of each chain, the newest

    /// <summary>elv_rqhash_add.</summary>
    public void Add(Request request)
    {
        request.HashedEnd = request.EndSector;
        int bucket = BucketOf(request.HashedEnd);
        request.NextByEnd = _buckets[bucket];
        _buckets[bucket] = request;
    }

    /// <summary>elv_rqhash_del: without effect on one that is not there.</summary>
    public void Remove(Request request)
    {
        int bucket = BucketOf(request.HashedEnd);
        Request? before = null;
        Request? at = _buckets[bucket];
        while (at is not null && at != request)
        {
            (before, at) = (at, at.NextByEnd);
        }

        if (at is null)
        {
            return;
        }

        if (before is null)
        {
            _buckets[bucket] = request.NextByEnd;
        }
        else
        {
            before.NextByEnd = request.NextByEnd;
        }

        (request.NextByEnd, request.HashedEnd) = (null, 0);
    }

    /// <summary>elv_rqhash_find: one that ends there and is open for merging.</summary>
    /// <param name="sector">[512-byte sectors] Where what may join it begins.</param>
    public Request? Find(long sector)
    {
        Request? at = _buckets[BucketOf(sector)];
        while (at is not null && !(at.HashedEnd == sector && at.IsMergeable))
        {
            at = at.NextByEnd;
        }

        return at;
    }

    private static int BucketOf(long sector) => (int)((sector >> 3) & (Buckets - 1));
}

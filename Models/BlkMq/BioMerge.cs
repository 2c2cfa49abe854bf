using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>Whether a bio joins a request that begins where it ends or ends where it begins, and how it does.</summary>
/// <remarks>
/// <code>
///   IsAllowed: same direction, same key ──► Where: behind it or before it? ──► Back, Front: data units in a row, small enough?
/// </code>
/// </remarks>
[KernelSource("block/blk-merge.c", "blk_rq_merge_ok, blk_try_merge, blk_attempt_bio_merge, bio_attempt_back_merge, bio_attempt_front_merge, ll_back_merge_fn", Version = "v6.18", Rules = "KS-31 KS-32")]
internal static class BioMerge
{
    /// <summary>blk_attempt_bio_merge.</summary>
    public static MergeStatus Attempt(Request request, Bio bio, long maxSectors) => !IsAllowed(request, bio) ? MergeStatus.None : Where(request, bio) switch
    {
        MergePlace.Back => Back(request, bio, maxSectors),
        MergePlace.Front => Front(request, bio, maxSectors),
        _ => MergeStatus.None,
    };

    /// <summary>blk_rq_merge_ok: not closed for merging, the same direction, the same key or none.</summary>
    public static bool IsAllowed(Request request, Bio bio) =>
        request.IsMergeable && request.IsWrite == bio.IsWrite && CryptMerge.AreCompatible(request.Crypt, bio.Crypt);

    /// <summary>blk_try_merge.</summary>
    public static MergePlace Where(Request request, Bio bio) =>
        request.EndSector == bio.Sector ? MergePlace.Back
        : request.Sector == EndSector(bio) ? MergePlace.Front
        : MergePlace.None;

    /// <summary>bio_attempt_back_merge: joins the end.</summary>
    public static MergeStatus Back(Request request, Bio bio, long maxSectors)
    {
        if (!CryptMerge.AreMergeable(request.Crypt, request.Size, bio.Crypt) || !HasRoom(request, bio, maxSectors))
        {
            return MergeStatus.Failed;
        }

        request.Append(bio);
        return MergeStatus.Ok;
    }

    /// <summary>bio_attempt_front_merge: joins the front; the request begins with its data unit from now on (bio_crypt_do_front_merge).</summary>
    public static MergeStatus Front(Request request, Bio bio, long maxSectors)
    {
        if (!CryptMerge.AreMergeable(bio.Crypt, bio.Size, request.Crypt) || !HasRoom(request, bio, maxSectors))
        {
            return MergeStatus.Failed;
        }

        request.Prepend(bio);
        return MergeStatus.Ok;
    }

    /// <summary>[512-byte sectors] bio_end_sector.</summary>
    public static long EndSector(Bio bio) => bio.Sector + (bio.Size.Bytes / 512);

    /// <summary>A request that would become too large is closed for merging (REQ_NOMERGE).</summary>
    private static bool HasRoom(Request request, Bio bio, long maxSectors)
    {
        bool hasRoom = (request.Size.Bytes + bio.Size.Bytes) / 512 <= maxSectors;
        request.IsMergeable = hasRoom;
        return hasRoom;
    }
}

/// <summary>enum bio_merge_status.</summary>
internal enum MergeStatus
{
    /// <summary>BIO_MERGE_NONE: the request is no neighbour, or of another kind.</summary>
    None,

    /// <summary>BIO_MERGE_OK: the bio is part of the request.</summary>
    Ok,

    /// <summary>BIO_MERGE_FAILED: a neighbour that it may not join.</summary>
    Failed,
}

/// <summary>enum elv_merge: on which side of a request.</summary>
internal enum MergePlace
{
    /// <summary>ELEVATOR_NO_MERGE.</summary>
    None,

    /// <summary>ELEVATOR_BACK_MERGE.</summary>
    Back,

    /// <summary>ELEVATOR_FRONT_MERGE.</summary>
    Front,
}

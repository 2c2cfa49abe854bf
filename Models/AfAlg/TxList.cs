using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What was sent to an operation socket and not yet read: <c>ctx->tsgl_list</c>, as runs of its user's stream, and the pages it fills.</summary>
/// <remarks>
/// Pages are filled to their end before the next is taken (<c>ctx->merge</c>), so the data lie in them without gaps. A user who
/// sends something again, or two who send at a time, make the stream jump; a request ends where it does.
/// </remarks>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg, af_alg_pull_tsgl, af_alg_count_tsgl", Version = "v4.14", Rules = "AA-1 AA-7")]
internal sealed class TxList
{
    /// <summary>PAGE_SIZE [B].</summary>
    public const int PageSize = 4096;

    private readonly Queue<TxRun> _later = new();   // behind the first
    private TxRun _first;
    private long _end;                              // [B] place in the stream behind the last byte
    private long _offset;                           // [B] of the first byte in its page

    /// <summary>ctx->used [B].</summary>
    public long Used { get; private set; }

    /// <summary>Bytes up to where the stream jumps [B].</summary>
    public long Run => _first.Bytes;

    /// <summary>Room in the last page, if it is filled in part (ctx->merge) [B].</summary>
    public long RoomInLastPage => (PageSize - ((_offset + Used) % PageSize)) % PageSize;

    /// <summary>Pages that so many bytes more would make it.</summary>
    public long PagesWith(long bytes) => (_offset + Used + bytes + PageSize - 1) / PageSize;

    /// <summary>Entries of a scatterlist for the first bytes, 1 at least.</summary>
    public long Entries(long bytes) => Math.Max(1, (_offset + bytes + PageSize - 1) / PageSize);

    /// <summary>The user sends more [B].</summary>
    /// <param name="position">Place of the first byte in the stream [B].</param>
    /// <param name="bytes">How many [B].</param>
    public void Append(long position, long bytes)
    {
        if (Used == 0)
        {
            _first = new TxRun(position, bytes);
        }
        else if (_later.Count == 0 && position == _end)
        {
            _first = new TxRun(_first.Position, _first.Bytes + bytes);
        }
        else
        {
            _later.Enqueue(new TxRun(position, bytes));
        }

        (_end, Used) = (position + bytes, Used + bytes);
    }

    /// <summary>A request takes the first bytes.</summary>
    /// <returns>Their place in the stream [B].</returns>
    public long Pull(long bytes)
    {
        Invariant.Holds(bytes <= Run, "no request pulls more than was sent (AA-7)");
        long position = _first.Position;
        Used -= bytes;
        _offset = Used == 0 ? 0 : (_offset + bytes) % PageSize;
        _first = new TxRun(position + bytes, _first.Bytes - bytes);
        while (_later.TryPeek(out TxRun next) && (_first.Bytes == 0 || next.Position == _first.Position + _first.Bytes))
        {
            _first = _first.Bytes == 0 ? next : new TxRun(_first.Position, _first.Bytes + next.Bytes);
            _ = _later.Dequeue();
        }

        return position;
    }
}

/// <summary>A run of a stream.</summary>
/// <param name="Position">Its place [B].</param>
/// <param name="Bytes">Its length [B].</param>
[KernelSource("include/crypto/if_alg.h", "struct af_alg_tsgl", Version = "v4.14", Rules = "AA-7")]
internal readonly record struct TxRun(long Position, long Bytes);

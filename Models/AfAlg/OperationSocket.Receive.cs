using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <content>recvmsg(), from io_submit or from a read.</content>
internal partial class OperationSocket
{
    private long _reads;        // that got data, so far
    private bool _isInflight;   // ctx->inflight

    /// <summary>A read need not wait: af_alg_wait_for_data() finds its condition.</summary>
    public bool HasData => _isInit && (!_more || _tx.Used >= Skcipher.BlockSize);

    /// <summary>ctx->inflight.</summary>
    private protected virtual bool HasInflight => _isInflight;

    /// <summary>The ctx was not cleared, and what stood there before says that an areq is in flight (AA-V3).</summary>
    public void LeaveInflight() => _isInflight = true;

    /// <summary>recvmsg(): as many rounds as the user's room takes, one if a driver takes it. Context: process; may sleep.</summary>
    /// <param name="length">What the user has room for [B].</param>
    /// <param name="reader">Who reads; the socket's owner if null.</param>
    /// <param name="isAio">From io_submit; otherwise it is waited for.</param>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg, _skcipher_recvmsg", Version = "v4.14", Rules = "AA-4 AA-5 AA-6 AA-7 AA-8 AA-9 AA-11")]
    public async Operation<ReadAnswer> ReadAsync(long length, IIocbOwner? reader = null, bool isAio = true)
    {
        Meter.Iocbs++;
        await _lock.LockAsync();
        ReadAnswer answer;
        long done = 0;
        do
        {
            if (!HasData)
            {
                await SleepForDataAsync();
            }

            _begunAt = Kernel.Simulation.Now;
            await WorkAsync();
            Errno errno = Allocate(isAio && !IsSynchronous, out Areq? areq);
            answer = areq is null || !Prepare(areq, length - done, done, reader ?? Owner, ref errno) ? new ReadAnswer(null, errno) : await CryptAsync(areq);
            done += answer.Bytes;
        }
        while (GoesOn(in answer, length - done));
        return Leave(in answer, done, length);
    }

    private Suspension WorkAsync() => _options.SocketWork > Duration.Zero ? Kernel.Cpus.RunAsync(_options.SocketWork) : default;

    private async Operation SleepForDataAsync()
    {
        while (!HasData)
        {
            Meter.DataWaits++;
            _lock.Unlock();
            await _data.SleepAsync();
            await _lock.LockAsync();
        }
    }

    /// <summary>A round that was done at once and left room is followed by another.</summary>
    private bool GoesOn(in ReadAnswer answer, long left)
    {
        if (answer.IsQueued || answer.Bytes == 0 || left == 0)
        {
            return false;
        }

        Free(answer.Areq!);
        return true;
    }

    /// <summary>Wakes writers and unlocks. What was read before an error or an empty round is the answer; -EIOCBQUEUED is one all the same.</summary>
    private ReadAnswer Leave(in ReadAnswer answer, long done, long length)
    {
        if (_room.HasWaiters && IsWritable)
        {
            _ = _room.Wake();
        }

        _lock.Unlock();
        Errno errno = done > 0 && !answer.IsQueued ? Errno.Success : answer.Errno;
        Meter.Short += errno is Errno.Success or Errno.EINPROGRESS && done < length ? 1 : 0;
        return answer with { Bytes = done, Errno = errno };
    }

    // ── a round ─────────────────────────────────────────────────────────

    /// <summary>Pins the reader's room, pulls the data and sets the IV pointer of a request.</summary>
    /// <param name="areq">Of this round.</param>
    /// <param name="length">Room that is left [B].</param>
    /// <param name="offset">Of this round in the reader's room [B].</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="errno">Why there is no request, if there is none: an error, or Success because it would have no data.</param>
    /// <returns>False if there is none; then it is freed.</returns>
    private bool Prepare(Areq areq, long length, long offset, IIocbOwner reader, ref Errno errno)
    {
        long bytes = Memory.Pin(areq, Math.Min(length, _tx.Used));
        if (bytes > 0 && (_more || bytes < _tx.Used))
        {
            bytes -= bytes % Skcipher.BlockSize;
        }

        bytes = Math.Min(bytes, _tx.Run);
        if (bytes <= 0 || !Memory.TryList(areq, _tx.Entries(bytes)))
        {
            errno = bytes == 0 ? EndOfMessage() : OutOfMemory();
            Release(areq);
            Free(areq);
            return false;
        }

        areq.For(reader, offset == 0 ? _reads++ : _reads - 1, offset, _begunAt);
        areq.Set(CellFor(areq), Pull(bytes), new DataSize(bytes), _isEncryption);
        areq.Expect(Expected(areq));
        areq.IsChained = _serialize == Serialize.ChainedFlag;
        Kernel.Tracer?.Emit(TraceKind.Step, "_skcipher_recvmsg", Name, detail: FormattableString.Invariant($"IOCB {areq.Index + 1}: areq, {bytes} bytes pulled, {(areq.HasCopy ? "a copy of the IV" : "req->iv = ctx->iv")}"));
        return true;
    }

    /// <summary>af_alg_alloc_areq(): refuses a second one in flight where it does.</summary>
    private Errno Allocate(bool isAsync, out Areq? areq)
    {
        areq = null;
        if (AllowsOne && HasInflight)
        {
            Meter.Ebusy++;
            Kernel.Tracer?.Emit(TraceKind.Return, "af_alg_alloc_areq", Name, result: "EBUSY", detail: "ctx->inflight");
            return Errno.EBUSY;
        }

        FreeList<Areq> free = isAsync ? _asyncs : _syncs;
        areq = free.TryTake(out Areq? used) ? used : new Areq(this, isAsync);
        if (!Memory.TryAllocate(areq))
        {
            Free(areq);
            areq = null;
            return OutOfMemory();
        }

        _isInflight = true;
        Invariant.Holds(!AllowsOne || Memory.Areqs == 1, "a socket has one areq at most (AA-C4)");
        return Errno.Success;
    }

    private Errno OutOfMemory()
    {
        Meter.Enomem++;
        return Errno.ENOMEM;
    }

    /// <summary>A read without data, for want of them or of room in the receive buffer: 0, and what was sent before as the end has been read.</summary>
    private Errno EndOfMessage()
    {
        _isInit = _tx.Used == 0 ? _more : _isInit;
        return Errno.Success;
    }

    /// <summary>af_alg_pull_tsgl().</summary>
    private long Pull(long bytes)
    {
        long position = _tx.Pull(bytes);
        _ = Memory.TryHoldPages(_tx.PagesWith(0));
        _ = EndOfMessage();
        return position;
    }

    private IvCell CellFor(Areq areq)
    {
        switch (_serialize)
        {
            case Serialize.SnapshotOneInFlight:
            case Serialize.Snapshot when areq.IsAsync:   // the sync path of 4.1 uses ctx->iv
                areq.Own.CopyFrom(Iv);
                return areq.Own;

            case Serialize.InlineIv:
                areq.Own.Set(_options.InlineIvOf(areq.Index));
                return areq.Own;

            default:
                return Iv;
        }
    }

    /// <summary>The IV that it should start from; null where nobody compares.</summary>
    private IvValue? Expected(Areq areq) => _oracle is null || !Cipher.Takes(areq.Length.Bytes) ? null
        : UsesInlineIv ? _options.InlineIvOf(areq.Index)
        : _oracle.Expect(areq.Position, areq.Length.Bytes, areq.IsEncryption);
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>An operation socket, as accept() on a bound AF_ALG socket makes it: <c>struct af_alg_ctx</c> with its ctx->iv.</summary>
/// <remarks>
/// <code>
///   SendAsync: lock_sock ──► ctx->iv, TX list
///   ReadAsync: lock_sock ──► data? ──► areq (EBUSY?) ──► IV pointer ──► (mutex) ──► crypto_skcipher_encrypt ──► -EIOCBQUEUED │ data │ error
///   callback:  IV written back ──► areq freed, mutex ──► ki_complete
/// </code>
/// Time passes in the work on the socket, in its locks, and in the driver. Which IV a request gets and who waits is
/// <see cref="Serialize"/>.
/// </remarks>
[KernelSource("crypto/algif_skcipher.c", "skcipher_sendmsg, _skcipher_recvmsg", Version = "v4.14", Rules = "AA-1 AA-4 AA-7 AA-8 AA-9 AA-12")]
internal sealed partial class OperationSocket : IHolder
{
    private readonly AfAlgOptions _options;
    private readonly Serialize _serialize;
    private readonly CryptoProvider _provider;
    private readonly KernelMutex _lock;                    // lock_sock()
    private readonly Completion _sent;                     // af_alg_wait_for_data
    private readonly Completion? _mutex;                   // ctx->ivlock of the proposals: free while it is completed
    private readonly Completion _wait;                     // crypto_wait_req of a read that is waited for
    private readonly FreeList<Areq> _asyncs = new();       // not in use
    private readonly FreeList<Areq> _syncs = new();
    private TxList _tx;
    private bool _more;                                    // ctx->more
    private bool _isInit;                                  // ctx->init
    private int _inFlight;                                 // areqs that a driver has
    [NotState]
    private VirtualTime _begunAt;                          // work for the areq of the reader that has the lock
    [NotState]
    private Areq? _holder;                                 // of the mutex; for diagnosis

    /// <summary>accept().</summary>
    public OperationSocket(LinuxKernel kernel, string name, AfAlgOptions options, CryptoProvider provider, Skcipher cipher, int tfm, IIocbOwner owner)
    {
        (Kernel, Name, _options, _provider, Cipher, Tfm, Owner) = (kernel, name, options, provider, cipher, tfm, owner);
        _serialize = options.SerializeIn(kernel.Version);
        Iv = new IvCell();
        _lock = new KernelMutex(kernel, "sk_lock-AF_ALG");
        _sent = new Completion(kernel, "ctx->wait", "af_alg_wait_for_data", Duration.Zero) { Owner = this };
        _wait = new Completion(kernel, "ctx->wait.completion", "crypto_wait_req", options.Wakeup) { Owner = this };
        if (TakesMutex)
        {
            _mutex = new Completion(kernel, "ctx->ivlock", "mutex_lock", options.Wakeup) { Owner = this };
            _mutex.Complete();
        }
    }

    /// <summary>The kernel it lives in.</summary>
    public LinuxKernel Kernel { get; }

    /// <summary>Of the task and its number.</summary>
    [field: NotState]
    public string Name { get; }

    /// <summary>The tfm's key and data.</summary>
    public Skcipher Cipher { get; }

    /// <summary>Number of the tfm that it shares with the other sockets of the same bind().</summary>
    public int Tfm { get; }

    /// <summary>Who reads.</summary>
    public IIocbOwner Owner { get; }

    /// <summary>ctx->iv.</summary>
    public IvCell Iv { get; }

    /// <summary>Each IOCB brings an IV of its own.</summary>
    public bool UsesInlineIv => _serialize == Serialize.InlineIv;

    /// <summary>Requests of AIO carry MAY_BACKLOG, as in 4.1 (AA-10).</summary>
    public bool Backlogs => _serialize == Serialize.Snapshot;

    /// <summary>Requests that a driver has.</summary>
    public int InFlight => _inFlight;

    /// <summary>A read of AIO is waited for like any other.</summary>
    public bool IsSynchronous => _serialize is Serialize.ForcedSync or Serialize.NoAio;

    /// <inheritdoc/>
    public string Label => "areq";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private bool TakesMutex => _serialize == Serialize.Mutex || (_serialize == Serialize.MutexUnlessDriver && !_provider.SerializesIv);

    // ── sendmsg ─────────────────────────────────────────────────────────

    /// <summary>sendmsg(): data, and an IV with ALG_SET_IV. Context: process; may sleep.</summary>
    /// <param name="iv">With ALG_SET_IV; null without.</param>
    /// <param name="bytes">Data [B].</param>
    /// <param name="more">MSG_MORE.</param>
    /// <returns>EINVAL if what was sent before was the end and has not been read (AA-2).</returns>
    [KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v4.14", Rules = "AA-1 AA-2")]
    public async Operation<Errno> SendAsync(IvValue? iv, long bytes, bool more)
    {
        await _lock.LockAsync();
        Errno answer = Append(iv, bytes, more);
        _lock.Unlock();
        return answer;
    }

    private Errno Append(IvValue? iv, long bytes, bool more)
    {
        if (_isInit && !_more && _tx.Used > 0)
        {
            return Errno.EINVAL;
        }

        _isInit = true;
        if (iv is { } value)
        {
            Iv.Set(value);
        }

        _tx.Append(bytes);
        _more = more;
        if (_sent.HasWaiters)
        {
            _sent.Complete();
        }

        return Errno.Success;
    }

    // ── recvmsg ─────────────────────────────────────────────────────────

    /// <summary>recvmsg(), from io_submit or from a read. Context: process; may sleep.</summary>
    /// <param name="index">0-based place of the IOCB in the order of its user.</param>
    /// <param name="expected">The IV that its user takes it to start from.</param>
    /// <param name="length">What the user has room for [B].</param>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-4 AA-5 AA-6 AA-7 AA-8 AA-9")]
    public async Operation<ReadAnswer> ReadAsync(long index, IvValue expected, long length)
    {
        await _lock.LockAsync();
        while (!_isInit || (_more && _tx.Used < Skcipher.BlockSize))
        {
            _lock.Unlock();
            await _sent.WaitAsync();
            await _lock.LockAsync();
        }

        await WorkAsync();
        Areq? areq = Allocate();
        if (areq is null)
        {
            _lock.Unlock();
            return new ReadAnswer(null, Errno.EBUSY);
        }

        areq.For(index, expected, _begunAt);
        Prepare(areq, length);
        if (_mutex is not null)
        {
            await _mutex.WaitAsync();
            _holder = areq;
        }

        Errno status = await CryptAsync(areq);
        _lock.Unlock();
        return new ReadAnswer(areq, status);
    }

    /// <summary>System call, areq and pages.</summary>
    private Suspension WorkAsync()
    {
        _begunAt = Kernel.Simulation.Now;
        return _options.SocketWork > Duration.Zero ? Kernel.Cpus.RunAsync(_options.SocketWork) : default;
    }

    /// <summary>af_alg_alloc_areq(): refuses a second one in flight where it does.</summary>
    private Areq? Allocate()
    {
        bool onlyOne = _serialize is Serialize.OneInFlight or Serialize.SnapshotOneInFlight;
        if (onlyOne && _inFlight > 0)
        {
            Kernel.Tracer?.Emit(TraceKind.Step, "af_alg_alloc_areq", Name, detail: "EBUSY: ctx->inflight");
            return null;
        }

        _inFlight++;
        FreeList<Areq> free = IsSynchronous ? _syncs : _asyncs;
        return free.TryTake(out Areq? areq) ? areq : new Areq(this, isAsync: !IsSynchronous);
    }

    /// <summary>Pulls its data and sets its IV pointer.</summary>
    private void Prepare(Areq areq, long length)
    {
        long bytes = Math.Min(length, _tx.Used);
        areq.Set(CellFor(areq), _tx.Pull(bytes), new DataSize(bytes), _options.Op == AlgOp.Encrypt);
        areq.IsChained = _serialize == Serialize.ChainedFlag;
    }

    private IvCell CellFor(Areq areq)
    {
        switch (_serialize)
        {
            case Serialize.Snapshot or Serialize.SnapshotOneInFlight:
                areq.Own.CopyFrom(Iv);
                return areq.Own;

            case Serialize.InlineIv:
                areq.Own.Set(_options.InlineIvOf(areq.Index));
                return areq.Own;

            default:
                return Iv;
        }
    }

    /// <summary>crypto_skcipher_encrypt() or _decrypt().</summary>
    private async Operation<Errno> CryptAsync(Areq areq)
    {
        SubmitResult result = await _provider.SubmitAsync(areq);
        if (result.Accepted && (areq.MayBacklog || result.Status == SubmitStatus.InProgress))
        {
            return areq.IsAsync ? Errno.EINPROGRESS : await WaitAsync(areq);
        }

        if (result.Status == SubmitStatus.Done)
        {
            await Kernel.Cpus.SpendAsync(-1, result.CpuTime, result.UsesSimd);
        }

        areq.EndAtOnce(result.Status == SubmitStatus.Done ? Errno.Success : result.Errno);
        Release(areq);
        return areq.Status;
    }

    private async Operation<Errno> WaitAsync(Areq areq)
    {
        Kernel.Tracer?.Emit(TraceKind.Wait, "crypto_wait_req", Name, areq.Label);
        await _wait.WaitAsync();
        _wait.Reinitialize();
        return areq.Status;
    }

    // ── the end of a request ────────────────────────────────────────────

    /// <summary>af_alg_async_cb(), or crypto_req_done() for a read that is waited for. Context: the driver's, mostly softirq.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_async_cb", Version = "v4.14", Rules = "AA-12")]
    public void OnCallback(Areq areq)
    {
        Release(areq);
        if (areq.IsAsync)
        {
            Owner.OnIocbDone(areq);
        }
        else
        {
            _wait.Complete();
        }
    }

    /// <summary>af_alg_free_resources(), and the mutex.</summary>
    private void Release(Areq areq)
    {
        _inFlight--;
        if (_serialize == Serialize.SnapshotOneInFlight && areq.Status == Errno.Success)
        {
            Iv.CopyFrom(areq.Own);
        }

        if (_mutex is not null)
        {
            _holder = null;
            _mutex.Complete();
        }
    }

    /// <summary>Its user is done with the result.</summary>
    public void Free(Areq areq) => (areq.IsAsync ? _asyncs : _syncs).Put(areq);

    /// <summary>For diagnosis: what the driver has ends, and with it whatever waits here.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_holder is not null)
        {
            owners.Add(_holder);
        }
        else
        {
            _provider.Owners(owners);
        }
    }
}

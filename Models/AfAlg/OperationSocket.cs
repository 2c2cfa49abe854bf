using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>An operation socket, as accept() on a bound AF_ALG socket makes it: <c>struct af_alg_ctx</c> with its ctx->iv.</summary>
/// <remarks>
/// <code>
///   SendAsync: lock_sock ──► ctx->iv, TX list (sleeps for room)
///   ReadAsync: lock_sock ──► data? ──► areq (EBUSY, ENOMEM?) ──► IV pointer ──► (mutex) ──► crypto_skcipher_encrypt ──► -EIOCBQUEUED │ data │ error
///   callback:  IV written back ──► areq freed, mutex ──► ki_complete
/// </code>
/// Time passes in the work on the socket, in its locks and sleeps, and in the driver. Which IV a request gets and who waits is
/// <see cref="Serialize"/>.
/// </remarks>
[KernelSource("crypto/algif_skcipher.c", "skcipher_sendmsg, _skcipher_recvmsg", Version = "v4.14", Rules = "AA-1 AA-4 AA-7 AA-8 AA-9 AA-12")]
internal partial class OperationSocket : IHolder
{
    private readonly AfAlgOptions _options;
    private readonly Serialize _serialize;
    private readonly CryptoProvider _provider;
    private readonly KernelMutex _lock;                    // lock_sock()
    private readonly WaitQueue _data;                      // readers
    private readonly WaitQueue _room;                      // writers
    private readonly IvLock? _mutex;                       // ctx->ivlock of the proposals
    private readonly Completion _wait;                     // crypto_wait_req of a read that is waited for
    private readonly FreeList<Areq> _asyncs = new();       // not in use
    private readonly FreeList<Areq> _syncs = new();
    private readonly IvOracle? _oracle;                    // null where nobody compares
    private readonly TxList _tx = new();
    [NotState]
    private VirtualTime _begunAt;                          // work for the areq of the reader that has the lock
    [NotState]
    private Areq? _holder;                                 // of the mutex; for diagnosis
    [NotState]
    private Areq? _awaited;                                // by a read; for diagnosis

    /// <summary>accept().</summary>
    public OperationSocket(LinuxKernel kernel, string name, AfAlgOptions options, CryptoProvider provider, Skcipher cipher, int tfm, IIocbOwner owner, SocketMeter? meter = null)
    {
        (Kernel, Name, _options, _provider, Cipher, Tfm, Owner) = (kernel, name, options, provider, cipher, tfm, owner);
        (_serialize, Meter) = (options.SerializeIn(kernel.Version), meter ?? new SocketMeter());
        _refusesWriters = options.ConcurrentWriteIn(kernel.Version) == ConcurrentWrite.Busy;
        Iv = new IvCell();
        Memory = new SocketMemory(options, options.OptmemMaxIn(kernel.Version).Bytes, isCharged: _serialize != Serialize.Snapshot);
        _oracle = options.Chained ? new IvOracle(cipher) : null;
        _lock = new KernelMutex(kernel, "sk_lock-AF_ALG");
        _data = new WaitQueue(kernel, "sk_sleep(sk)", "af_alg_wait_for_data", new WaitForData(this), options.Wakeup);
        _room = new WaitQueue(kernel, "sk_sleep(sk)", "af_alg_wait_for_wmem", new WaitForRoom(this), options.Wakeup);
        _wait = new Completion(kernel, "ctx->wait.completion", "crypto_wait_req", options.Wakeup) { Owner = this };
        _mutex = TakesMutex ? new IvLock(kernel, options.Wakeup) { Owner = this } : null;
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

    /// <summary>Who reads, if a read does not say.</summary>
    public IIocbOwner Owner { get; }

    /// <summary>ctx->iv.</summary>
    public IvCell Iv { get; }

    /// <summary>What it is charged for.</summary>
    public SocketMemory Memory { get; }

    /// <summary>What is counted about it.</summary>
    public SocketMeter Meter { get; }

    /// <summary>Each IOCB brings an IV of its own.</summary>
    public bool UsesInlineIv => _serialize == Serialize.InlineIv;

    /// <summary>Requests of AIO carry MAY_BACKLOG, as in 4.1 (AA-10).</summary>
    public bool Backlogs => _serialize == Serialize.Snapshot;

    /// <summary>A read of AIO is waited for like any other.</summary>
    public bool IsSynchronous => _serialize is Serialize.ForcedSync or Serialize.NoAio;

    /// <inheritdoc/>
    public string Label => "areq";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private bool TakesMutex => _serialize == Serialize.Mutex || (_serialize == Serialize.MutexUnlessDriver && !_provider.SerializesIv);

    private bool AllowsOne => _serialize is Serialize.OneInFlight or Serialize.SnapshotOneInFlight;

    /// <summary>What it would leave behind if it were closed now; null if nothing (AA-C6).</summary>
    public string? FindLeak() => Memory.FindLeak();

    /// <summary>For diagnosis: what the driver has ends, and with it whatever waits here.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if ((_holder ?? _awaited) is { } areq)
        {
            owners.Add(areq);
        }
        else
        {
            _provider.Owners(owners);
        }
    }
}

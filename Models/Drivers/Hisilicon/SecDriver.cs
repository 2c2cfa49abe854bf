using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The driver of a unit of hip07's security engine: each transformation has a hardware queue, and one whose mode chains has in front of it a softqueue that lets one element into the ring at a time.</summary>
/// <remarks>
/// <code>
///   submit ──► map, build ──► room? ──► ring ──► engines ──► interrupt: in ring order ──► IV written back ──► callback
///                              │ │       ▲ only if ring and softqueue are empty                  │
///                              │ └─► softqueue ──────────── one element ◄────────────────────────┤
///                              └─► backlog, EBUSY ───────── or one request, EINPROGRESS ◄────────┘
/// </code>
/// Where it deviates from what one expects the driver is followed, and what one expects stands beside it:
/// <see cref="NewIv"/>, <see cref="SoftqueueRoom"/>, <see cref="CtrIv"/>, <see cref="CbcDecryptIv"/>.
/// Time passes in building, on the submitter's CPU and outside all locks; in the engines, which all queues of the unit share; in
/// the interrupt. Not modelled: descriptors that are refused, the queues' own interrupts and their threads (one interrupt and
/// a tasklet here), several units. That a ring is called back in its order is recalled.
/// </remarks>
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto, sec_send_request, sec_skcipher_alg_callback", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-24 AA-25 AA-26 AA-27 AA-28 AA-29 AA-30")]
internal sealed class SecDriver : AcceleratorDriver
{
    private readonly SecOptions _options;
    private readonly List<SecQueue?> _queues = [];             // by the number of the tfm
    private readonly List<CryptoRequest> _lost = [];           // accepted, and an element of it is in no queue
    private int _started;                                      // queues in use
    private int _kept;                                         // requests in backlogs and elements in softqueues

    /// <summary>Brings the unit up.</summary>
    public SecDriver(CryptoParts parts, SecOptions options)
        : base(parts, options, options.QueueLen, "sec_isr_handle") => _options = options;

    /// <inheritdoc/>
    public override int Kept => _kept;

    /// <inheritdoc/>
    public override bool SubmitsInSteps => true;

    /// <inheritdoc/>
    public override bool SerializesIv => true;

    /// <summary>Each transformation has a backlog of its own.</summary>
    protected override bool HasOneQueue => false;

    /// <summary>The IV is mapped for DMA where the request points to, and read there when an engine begins (AA-25).</summary>
    protected override bool LatchesAtSubmission => false;

    // ── submission ──────────────────────────────────────────────────────

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request) => Take(request);

    /// <inheritdoc/>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        Duration build = _options.BuildTime(request.Length);
        if (build > Duration.Zero)
        {
            await Kernel.Cpus.RunAsync(build);
        }

        return Take(request);
    }

    /// <summary>Under queuelock: sends the request, keeps it, or refuses it.</summary>
    private SubmitResult Take(CryptoRequest request)
    {
        if (QueueOf(request) is not { } queue)
        {
            return Answer(request, SubmitResult.Error(Errno.ENODEV), "rejected", "sec_queue_alloc_start_safe");
        }

        if (LacksRoom(queue, _options.ElementsOf(request.Length)) || queue.Backlog.Count > 0)
        {
            return Keep(request, queue);
        }

        Send(request, queue);
        return Answer(request, SubmitResult.InProgress, "", "sec_alg_skcipher_crypto", queue.Used);
    }

    private SubmitResult Keep(CryptoRequest request, SecQueue queue)
    {
        if (!request.MayBacklog)
        {
            return Answer(request, SubmitResult.Busy, "rejected", "sec_alg_skcipher_crypto", queue.Used);
        }

        request.HeldBy = this;
        request.Track?.Enter(TimelinePhase.Backlog);
        queue.Backlog.Enqueue(request);
        _kept++;
        return Answer(request, SubmitResult.Busy, "backlogged", "sec_alg_skcipher_crypto", queue.Used);
    }

    private bool LacksRoom(SecQueue queue, int steps)
    {
        bool ringLacksRoom = !queue.CanEnqueue(steps);
        return _options.SoftqueueRoom switch
        {
            SoftqueueRoom.AvailAboveSteps => ringLacksRoom && (!queue.HasSoftqueue || queue.Avail > steps),
            SoftqueueRoom.AvailBelowSteps => ringLacksRoom && (!queue.HasSoftqueue || queue.Avail < steps),
            _ => queue.HasSoftqueue ? queue.Avail < steps : ringLacksRoom,
        };
    }

    /// <summary>sec_send_request(): each element to the ring or to the softqueue.</summary>
    private void Send(CryptoRequest request, SecQueue queue)
    {
        request.HeldBy = this;
        int elements = _options.ElementsOf(request.Length);
        if (elements == 1)
        {
            SendElement(request, queue);
            return;
        }

        SplitRequest split = new(request, elements);
        for (long offset = 0; offset < request.Length.Bytes; offset += _options.MaxElement.Bytes)
        {
            SendElement(new SecElement(split, offset, new DataSize(Math.Min(_options.MaxElement.Bytes, request.Length.Bytes - offset))), queue);
        }
    }

    private void SendElement(CryptoRequest element, SecQueue queue)
    {
        if (!queue.HasSoftqueue || (queue.SoftqueueLength == 0 && DependsOnNone(element, queue)))
        {
            SendToRing(element, queue);
        }
        else if (queue.TryPut(element))
        {
            SecElement.RequestOf(element).Track?.Enter(TimelinePhase.SoftwareQueue);
            _kept++;
        }
        else
        {
            LoseElement(element);
        }
    }

    /// <summary>The answer of kfifo_put() is not looked at.</summary>
    private void LoseElement(CryptoRequest element)
    {
        CryptoRequest request = SecElement.RequestOf(element);
        if (!_lost.Contains(request))
        {
            _lost.Add(request);
        }

        Lose(request, $"was accepted by {Name}, whose softqueue was full: kfifo_put() failed, nobody looked, and it is in no queue", "sec_send_request");
    }

    private bool DependsOnNone(CryptoRequest element, SecQueue queue) => _options.NewIv switch
    {
        NewIv.Waits => queue.Used == 0,
        _ => queue.CanEnqueue(1) && !queue.HasInRing(SecElement.ChainedRequestOf(element)!.Cell),
    };

    private void SendToRing(CryptoRequest element, SecQueue queue)
    {
        queue.Send(element);
        SecElement.RequestOf(element).Track?.Enter(TimelinePhase.Ring);
        Start(element);
    }

    /// <summary>The hardware queue of a request's transformation; null if the unit has none left. The kernel allocates it with the transformation.</summary>
    private SecQueue? QueueOf(CryptoRequest request)
    {
        while (_queues.Count <= request.Tfm)
        {
            _queues.Add(null);
        }

        if (_queues[request.Tfm] is null && _started < _options.Queues)
        {
            _started++;
            _queues[request.Tfm] = new SecQueue(_options, hasSoftqueue: request is SkcipherRequest);
        }

        return _queues[request.Tfm];
    }

    // ── the hardware ────────────────────────────────────────────────────

    /// <inheritdoc/>
    public override void OnJobStarted(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.LatchIv();
    }

    // ── the interrupt ───────────────────────────────────────────────────

    /// <summary>sec_isr_handle(): what is done behind an element that is not stays in the ring.</summary>
    public override void Retire(CryptoRequest request)
    {
        SecQueue queue = QueueOf(request)!;
        queue.MarkDone(request);
        while (queue.TakeExpected() is { } expected)
        {
            base.Retire(expected);
        }
    }

    /// <summary>sec_skcipher_alg_callback().</summary>
    protected override void OnJobEnded(CryptoRequest request)
    {
        SecQueue queue = QueueOf(request)!;
        WriteBack(request);
        SendNext(queue);
        if (request is not SecElement part || part.Split.OnCalledBack())
        {
            CallBack(SecElement.RequestOf(request), Errno.Success, "sec_skcipher_alg_callback");
        }
    }

    /// <summary>Puts the IV in place for the next of the chain.</summary>
    private void WriteBack(CryptoRequest element)
    {
        if (SecElement.ChainedRequestOf(element) is not { } request)
        {
            return;
        }

        request.WriteBackIv(request.Cipher.Mode switch
        {
            BlockMode.Ctr when _options.CtrIv == CtrIv.PlusOne => request.Cell.Value.Plus(1),
            BlockMode.Cbc when !request.IsEncryption && _options.CbcDecryptIv == CbcDecryptIv.LastOutputBlock => SecElement.LastBlockOut(element),
            _ => request.LeftIv,
        });
    }

    /// <summary>An element of the softqueue if the ring is empty, or else a request of the backlog if there is room.</summary>
    private void SendNext(SecQueue queue)
    {
        if (queue.SoftqueueLength > 0 && DependsOnNone(queue.Peek(), queue))
        {
            SendIndependent(queue);
        }
        else if (queue.Backlog.TryPeek(out CryptoRequest? head) && HasRoomForBacklog(queue, _options.ElementsOf(head.Length)))
        {
            queue.Backlog.Dequeue();
            _kept--;
            Send(head, queue);
            CallBack(head, Errno.EINPROGRESS, "sec_skcipher_alg_callback");
        }
    }

    private void SendIndependent(SecQueue queue)
    {
        do
        {
            _kept--;
            SendToRing(queue.Get(), queue);
        }
        while (queue.SoftqueueLength > 0 && DependsOnNone(queue.Peek(), queue));
    }

    /// <summary>The test in the callback, which is the right way round; where the queues themselves are asked, they are here too.</summary>
    private bool HasRoomForBacklog(SecQueue queue, int steps) => _options.SoftqueueRoom == SoftqueueRoom.OfItsQueue
        ? !LacksRoom(queue, steps)
        : queue.CanEnqueue(steps) || (queue.HasSoftqueue && queue.Avail > steps);

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <summary>A lost request is moved on by nobody, the others by the hardware.</summary>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (CryptoRequest lost in _lost)
        {
            owners.Add(lost);
        }

        base.Owners(owners);
    }
}

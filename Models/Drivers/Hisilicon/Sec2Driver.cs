using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>The driver of a sec2 queue pair: a limit that is none, or a backlog.</summary>
/// <remarks>
/// <code>
///   fake-limit:  submit ──► queue ──► engines ──► completion: notify its tfm's list while used is at most the limit, callback
///                   └─ used reaches the limit: also on the list of its tfm, EBUSY
///   queue-pair:  submit ──► queue ──► engines ──► completion: callback, send from the backlog, EINPROGRESS
///                   └─ full, or a backlog: append, EBUSY
/// </code>
/// With the limit nothing is held back: EBUSY slows the caller that heard it, and a completion tells only requests of its own
/// tfm that there is room. Those of another wait for one of their own to end, and one that ends while the queue is still
/// beyond the limit was never told.
/// Time passes in the engines and handlers. Not modelled: the 16-bit tags (DM-B30), the workqueue in which the queue manager
/// polls (here a tasklet calls back, DM-C8).
/// </remarks>
[KernelSource("drivers/crypto/hisilicon/sec2/sec_crypto.c", "sec_bd_send, sec_back_req_clear, sec_skcipher_callback", Version = "v6.6", Rules = "DM-P7 DM-B30")]
public sealed class Sec2Driver : AcceleratorDriver
{
    private readonly Sec2Backlog _policy;
    private readonly int _fakeLimit;
    private readonly List<CryptoRequest> _waiting = [];   // fake-limit: on the ring too, not yet notified; queue-pair: not yet sent

    /// <summary>Brings the queue pair up.</summary>
    public Sec2Driver(CryptoParts parts, Sec2Options options)
        : base(parts, options, (options?.SqDepth ?? 1) - 1, "qm_eq_irq")
    {
        ArgumentNullException.ThrowIfNull(options);
        _policy = options.BacklogIn(Kernel.Version);
        _fakeLimit = options.FakeLimit;
    }

    /// <inheritdoc/>
    public override int Kept => _policy == Sec2Backlog.QueuePair ? _waiting.Count : 0;

    /// <summary>Entries of the queue in use, less those whose requests are owed a notification: of these the protocol keeps count.</summary>
    public override int EntriesInUse => _policy == Sec2Backlog.QueuePair ? Jobs : Jobs - Owed;

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.Calling("sec_bd_send", Name, request);
        return _policy switch
        {
            Sec2Backlog.FakeLimit => SendAndSayBusy(request),
            _ => SendOrKeep(request),
        };
    }

    private SubmitResult SendAndSayBusy(CryptoRequest request)
    {
        if (Jobs >= _fakeLimit && !request.MayBacklog)
        {
            return Answer(request, SubmitResult.Busy, "rejected", "sec_bd_send");
        }

        if (Jobs == Capacity)
        {
            return Answer(request, SubmitResult.Error(Errno.ENOBUFS), "rejected", "sec_bd_send");
        }

        Start(request);
        if (Jobs < _fakeLimit || !request.MayBacklog)
        {
            return Answer(request, SubmitResult.InProgress, function: "sec_bd_send");
        }

        _waiting.Add(request);
        return Answer(request, SubmitResult.Busy, "sent", "sec_bd_send");
    }

    private SubmitResult SendOrKeep(CryptoRequest request)
    {
        if (_waiting.Count == 0 && Jobs < Capacity)
        {
            Start(request);
            return Answer(request, SubmitResult.InProgress, function: "sec_alg_send_message");
        }

        if (!request.MayBacklog)
        {
            return Answer(request, SubmitResult.NoSpace, "rejected", "sec_alg_send_message");
        }

        request.HeldBy = this;
        _waiting.Add(request);
        return Answer(request, SubmitResult.Busy, "backlogged", "sec_alg_send_message");
    }

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_policy == Sec2Backlog.FakeLimit)
        {
            NotifySameTfm(request.Tfm);
            CallBack(request, Errno.Success, "sec_skcipher_callback");
            return;
        }

        CallBack(request, Errno.Success, "sec_skcipher_callback");
        while (_waiting.Count > 0 && Jobs < Capacity)
        {
            CryptoRequest head = _waiting[0];
            _waiting.RemoveAt(0);
            Start(head);
            CallBack(head, Errno.EINPROGRESS, "sec_alg_send_backlog");
        }
    }

    /// <summary>Tells the requests of one transformation that there is room, as <c>sec_back_req_clear</c> finds them one by one.</summary>
    private void NotifySameTfm(int tfm)
    {
        for (int i = 0; i < _waiting.Count && Jobs <= _fakeLimit;)
        {
            CryptoRequest waiting = _waiting[i];
            if (waiting.Tfm != tfm)
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            CallBack(waiting, Errno.EINPROGRESS, "sec_skcipher_callback");
        }
    }
}

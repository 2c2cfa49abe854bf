using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>What encrypts: a driver behind the crypto API. The one way in, so that what it answers is checked whatever it does.</summary>
/// <remarks>
/// A provider that answers <see cref="SubmitStatus.Busy"/> to a request with MAY_BACKLOG keeps it, calls it back once with
/// EINPROGRESS when it leaves the backlog, and later once with its final status (DM-C1, DM-C5). <see cref="RequestProtocol"/>
/// holds it to that.
/// </remarks>
[KernelSource("include/crypto/skcipher.h", "crypto_skcipher_encrypt", Version = "v4.1", Rules = "DM-C1 DM-C5")]
public abstract class CryptoProvider
{
    private readonly Queue<CryptoRequest> _backlogged = new();   // answered EBUSY and not yet notified, in the order of the answers
    private int _forgotten;                                      // of them those that the driver says nobody has; they have no place in the order

    /// <summary>The device that does the work, e.g. <c>jr0</c>.</summary>
    public abstract string Name { get; }

    [NotState]
    private int _tfms;   // transformations allocated, while the machine is built

    /// <summary>Allocates a transformation, as <c>crypto_alloc_skcipher</c>: its number, from 1. While the machine is built.</summary>
    public int AllocateTfm() => ++_tfms;

    /// <summary>Requests accepted and not yet called back with their final status.</summary>
    public int InFlight { get; private set; }

    /// <summary>Of those, requests that were answered EBUSY and not yet called back with EINPROGRESS.</summary>
    public int Owed => _backlogged.Count + _forgotten;

    /// <summary>Requests submitted so far, rejected ones included.</summary>
    [field: NotState]
    public long Submitted { get; private set; }

    /// <summary>Answers EBUSY to callers so far, since the end of the warm-up.</summary>
    [field: NotState]
    public long Busy { get; private set; }

    /// <summary>Requests owed a notification that the driver says nobody has.</summary>
    public bool HasForgotten => _forgotten > 0;

    /// <summary>Places of the hardware that hold a request: a job ring's entries. 0 for a driver that does not count them.</summary>
    public virtual int EntriesInUse => 0;

    /// <summary>True if a submission takes more than one step, so that an interrupt or another CPU can come in between: callers then await <see cref="SubmitAsync"/>.</summary>
    public virtual bool SubmitsInSteps => false;

    /// <summary>True if it reads the IV that a request points to, and with it ctx->iv of a socket, as it is submitted, into memory of its own; false if it says itself when it does.</summary>
    protected virtual bool LatchesAtSubmission => true;

    /// <summary>It says of itself that it takes requests one after another where the next starts from the IV that one leaves: the flag that mail 004 proposes.</summary>
    public virtual bool SerializesIv => false;

    /// <summary>Submits a request; the answer says who owns it now. The whole submission is one step. Context: any.</summary>
    public SubmitResult Submit(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Begin(request) ? End(request, SubmitCore(request)) : SubmitResult.Error(Errno.EIO);   // the run ends after this step
    }

    /// <summary>Submits a request, step by step if the driver takes steps (<see cref="SubmitsInSteps"/>), else as <see cref="Submit"/>. Callbacks may come before the answer. Context: any; process for a driver that sleeps in it, elsewhere a fault.</summary>
    public Operation<SubmitResult> SubmitAsync(CryptoRequest request) =>
        SubmitsInSteps ? SubmitInStepsAsync(request) : new Operation<SubmitResult>(Submit(request));

    /// <summary>For diagnosis: who works on requests it accepted.</summary>
    public abstract void Owners(OwnerList owners);

    /// <summary>What is still in use although all work has ended (DM-K2): the broken rule and what is left, the rest of "it leaves ..."; null if nothing is. Reads state alone.</summary>
    public virtual (string Rule, string What)? FindLeak() =>
        InFlight > 0 ? ("DM-C1", $"{InFlight} requests accepted by {Name} without their final callback") : null;

    /// <summary>What it will owe for ever, asked when nothing is under way any more: the broken rule and a sentence; null if it owes nothing. Reads state alone.</summary>
    public virtual (string Rule, string Sentence)? FindStandstill() => Standstill.Blame(this, EntriesInUse);

    /// <summary>Why a request of it ended with an error for the first time: the broken rule, null where none is, and the kernel's message; null if none did. Reads state alone.</summary>
    public virtual (string? Rule, string What)? FirstError => null;

    /// <summary>What it did wrong on the way although all work has ended: the broken rule and a sentence; null if nothing. Reads state alone.</summary>
    public virtual (string Rule, string Sentence)? FindBroken() => null;

    /// <summary>Adds what was measured, under names that begin with the device's.</summary>
    public virtual void AddMetrics(MetricList metrics)
    {
    }

    /// <summary>Forgets what was measured before, at the end of the warm-up.</summary>
    public virtual void RestartMeter() => Busy = 0;

    /// <summary>Takes, keeps or refuses a request.</summary>
    protected abstract SubmitResult SubmitCore(CryptoRequest request);

    /// <summary>The same in steps, for a driver that <see cref="SubmitsInSteps"/>: each wait in it is a point where others may run.</summary>
    protected virtual Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request) => new(SubmitCore(request));

    private async Operation<SubmitResult> SubmitInStepsAsync(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Begin(request) ? End(request, await SubmitCoreAsync(request)) : SubmitResult.Error(Errno.EIO);
    }

    private bool Begin(CryptoRequest request)
    {
        if (!request.EnterApi(this))
        {
            return false;
        }

        InFlight++;
        request.BeginSubmission(++Submitted);
        if (LatchesAtSubmission)
        {
            request.LatchIv();
        }

        return true;
    }

    private SubmitResult End(CryptoRequest request, SubmitResult result)
    {
        request.Answered(result);
        Busy += result.Status == SubmitStatus.Busy ? 1 : 0;
        return result;
    }

    /// <summary>A request was answered EBUSY: it is owed a notification.</summary>
    internal void OnBacklogged(CryptoRequest request, bool isForgotten)
    {
        if (isForgotten)
        {
            _forgotten++;
        }
        else
        {
            _backlogged.Enqueue(request);
        }
    }

    /// <summary>All its backlogged requests wait in one queue, so that notifications come in the order of the answers (DM-Q10).</summary>
    protected virtual bool HasOneQueue => true;

    /// <summary>True if it is a backlogged request's turn to be notified.</summary>
    internal bool MayNotify(CryptoRequest request) => !HasOneQueue || (_backlogged.TryPeek(out CryptoRequest? next) && next == request);

    /// <summary>A backlogged request was notified.</summary>
    internal void OnNotified(CryptoRequest request)
    {
        for (int left = HasOneQueue ? 1 : _backlogged.Count; left > 0; left--)
        {
            CryptoRequest first = _backlogged.Dequeue();
            if (first != request)
            {
                _backlogged.Enqueue(first);
            }
        }
    }

    /// <summary>A request is its owner's again.</summary>
    internal void OnLeft() => InFlight--;
}

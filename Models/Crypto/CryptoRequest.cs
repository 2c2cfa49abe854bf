using CryptoSim.Models.Caam;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>An asynchronous crypto request: <c>struct skcipher_request</c> with its callback.</summary>
/// <remarks>
/// Its owner reuses it after the final callback; a provider must not touch it from then on (DM-C9). A callback against the
/// protocol ends the run as a fault and is not delivered; a final status 0 over wrong data as corruption.
/// </remarks>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.1", Rules = "DM-C1 DM-C9")]
public abstract class CryptoRequest : IHolder
{
    [NotState]
    private long _number;                // 1-based number of the submission, for people
    private CryptoProvider? _provider;   // where it is in flight; null while it is its owner's
    private RequestProtocol _protocol;
    private DataState _data;
    private bool _isForgotten;           // since its submission the provider has said that it does not keep it
    private int _manner;                 // bit 0: decrypt; above it the CPU of the submission plus 1, 0 for none

    /// <summary>A request whose owner accepts a backlog or not.</summary>
    /// <param name="mayBacklog">CRYPTO_TFM_REQ_MAY_BACKLOG.</param>
    protected CryptoRequest(bool mayBacklog) => MayBacklog = mayBacklog;

    /// <summary>CRYPTO_TFM_REQ_MAY_BACKLOG: the provider may keep the request beyond its queue limit (DM-C2).</summary>
    public bool MayBacklog { get; }

    /// <summary>CRYPTO_TFM_REQ_MAY_SLEEP: drivers and templates may allocate with GFP_KERNEL, and sleep in it (DM-C2).</summary>
    public bool MaySleep { get; protected internal set; }

    /// <summary>Data to encrypt or decrypt.</summary>
    public DataSize Length { get; protected set; }

    /// <summary>Encrypts; otherwise decrypts. Set by the owner before the submission.</summary>
    public bool IsEncryption
    {
        get => (_manner & 1) == 0;
        set => _manner = (_manner & ~1) | (value ? 0 : 1);
    }

    /// <summary>CPU that the submitter is bound to or was interrupted on, 0-based; -1 for a task that may run anywhere. Set by the owner before the submission.</summary>
    public int Cpu
    {
        get => (_manner >> 1) - 1;
        set => _manner = ((value + 1) << 1) | (_manner & 1);
    }

    /// <summary>The queue or device that has the request; null if nobody has. For diagnosis: nothing is decided by it.</summary>
    [field: NotState]
    public IHolder? HeldBy { get; set; }

    /// <summary>Where the next request of the same queue is; belongs to the queue that holds this one.</summary>
    internal CryptoRequest? Next { get; set; }

    /// <summary>Where the previous request of the same queue is; belongs to the queue that holds this one.</summary>
    internal CryptoRequest? Previous { get; set; }

    /// <summary>The crypto_engine that took the request and finalises it; null if the ring calls back itself (DM-J16).</summary>
    internal CryptoEngine? Engine { get; set; }

    /// <summary>What a CAAM keeps with the request while it has it.</summary>
    internal Edesc Edesc;

    /// <summary>When an engine began it; the start of the run if the provider does not say. Nothing but where its time goes.</summary>
    [field: NotState]
    internal VirtualTime StartedAt { get; private set; }

    /// <summary>Its phases, for a drawing; null unless it is one of those that are kept. Nothing is decided by it.</summary>
    [field: NotState]
    internal RequestTrack? Track { get; private protected set; }

    /// <summary>When an engine had done the data; the end of time before. Belongs to the engines.</summary>
    [field: NotState]
    internal VirtualTime DoneAt { get; set; }

    /// <summary>What its data are encrypted under: the sector for dm-crypt, 0 where it does not matter.</summary>
    public long Iv { get; protected internal set; }

    /// <summary>The transformation (<c>crypto_tfm</c>) it belongs to, as <see cref="CryptoProvider.AllocateTfm"/> numbers them; 0 for a caller that has none of its own.</summary>
    public int Tfm { get; protected internal set; }

    /// <summary>Name of the callback in the kernel, e.g. <c>kcryptd_async_done</c>.</summary>
    public abstract string CallbackName { get; }

    /// <inheritdoc/>
    public string Label => _number == 0 ? "req" : "req#" + _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    [field: NotState]
    public string? WhyNobody { get; private set; }

    /// <inheritdoc/>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (HeldBy is not null)
        {
            owners.Add(HeldBy);
        }
    }

    /// <summary>Becomes what a wrapper submits in the place of its caller's request: the same data in the same direction from the same CPU.</summary>
    protected void TakeAfter(CryptoRequest parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        (Length, Iv, Tfm, MaySleep, _manner) = (parent.Length, parent.Iv, parent.Tfm, parent.MaySleep, parent._manner);
    }

    // ── from its provider ───────────────────────────────────────────────

    /// <summary>The provider's callback: EINPROGRESS when the request leaves the backlog, otherwise the final status. Context: softirq (DM-C8).</summary>
    public void Complete(Errno status)
    {
        ProtocolFault fault = status == Errno.EINPROGRESS ? Notify() : _protocol.Finish();
        if (fault != ProtocolFault.None)
        {
            Break(fault);
            return;
        }

        if (status != Errno.EINPROGRESS)
        {
            LeaveApi();
            if (status == Errno.Success)
            {
                EndData();
            }
        }

        OnComplete(status);
    }

    /// <summary>An engine begins to work on it: its wait is over. A provider that does not say so has all of it counted as the engine's.</summary>
    public void BeginService(VirtualTime now)
    {
        StartedAt = now;
        Track?.BeginService();
    }

    /// <summary>An engine has encrypted or decrypted the data; what follows until the callback is the interrupt's.</summary>
    /// <param name="iv">The IV it uses; a correct engine the request's own.</param>
    public void Encrypt(long iv)
    {
        _data = _data != DataState.Untouched ? DataState.Twice : iv == Iv ? DataState.Done : DataState.ForeignIv;
        DoneAt = Simulation.Current.Now;
        Track?.Enter(TimelinePhase.Interrupt);
        Crypt();
    }

    // ── the IV it points to ─────────────────────────────────────────────

    /// <summary>The driver reads the IV that the request points to; it encrypts with that, whatever is written there later. Once; a driver that does not say when does so as it encrypts. Nothing to do for a request whose IV nobody shares.</summary>
    public virtual void LatchIv()
    {
    }

    /// <summary>The driver writes the IV that the request leaves to where it points. Once, before the callback; a driver that does not say when does so right before it.</summary>
    public virtual void WriteBackIv()
    {
    }

    /// <summary>Its data are encrypted or decrypted, beside the symbolic ones of every request.</summary>
    protected virtual void Crypt()
    {
    }

    /// <summary>Its data are said to be done.</summary>
    private void EndData()
    {
        if (_data != DataState.Done)
        {
            Simulation.Current.Fail(DataRule.Id, $"{Label} {_data.Describe()}");
        }

        WriteBackIv();
    }

    /// <summary>Splits the wait for its callback, which comes now, into ring wait, engine and interrupt.</summary>
    /// <param name="stages">Of what waits; in <see cref="BioStage.RingWait"/> since the wait began.</param>
    /// <param name="now">When it is called back.</param>
    internal void SplitWait(ref StageClock stages, VirtualTime now)
    {
        stages.Enter(BioStage.Engine, StartedAt);
        stages.Enter(BioStage.Interrupt, DoneAt < now ? DoneAt : now);
    }

    /// <summary>Takes over the instants of the request that did the work for it.</summary>
    internal void TakeInstants(CryptoRequest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (StartedAt, DoneAt) = (other.StartedAt, other.DoneAt);
    }

    /// <summary>What the owner does in the callback.</summary>
    protected abstract void OnComplete(Errno status);

    /// <summary>The owner submits it.</summary>
    /// <returns>False, with the run ended, if it is in flight.</returns>
    internal bool EnterApi(CryptoProvider provider)
    {
        ProtocolFault fault = _protocol.Submit();
        if (fault != ProtocolFault.None)
        {
            Break(fault);
            return false;
        }

        (_provider, _data, _isForgotten) = (provider, DataState.Untouched, false);
        (StartedAt, DoneAt) = (VirtualTime.Zero, VirtualTime.MaxValue);
        Track?.Enter(TimelinePhase.BuildMap);
        return true;
    }

    /// <summary>The provider has answered. Without MAY_BACKLOG EBUSY is a refusal (DM-C3).</summary>
    internal void Answered(SubmitResult result)
    {
        bool backlogged = result.Status == SubmitStatus.Busy && MayBacklog;
        bool accepted = backlogged || result.Status == SubmitStatus.InProgress;
        ProtocolFault fault = _protocol.Answer(accepted, backlogged);
        if (fault != ProtocolFault.None)
        {
            Break(fault);
        }

        if (_protocol.IsBacklogged)
        {
            _provider!.OnBacklogged(this, _isForgotten);
        }

        if (!accepted)
        {
            LeaveApi();
        }

        if (result.Status == SubmitStatus.Done)
        {
            WriteBackIv();
        }
    }

    /// <summary>The mark of a crypto_queue stands on it: it may be notified without having been answered EBUSY (DM-Q8).</summary>
    internal virtual void TolerateNotification()
    {
        if (!_protocol.IsBacklogged)
        {
            _protocol.Tolerate();
        }
    }

    /// <summary>Notifications come in the order of the answers EBUSY (DM-Q10).</summary>
    private ProtocolFault Notify()
    {
        if (_protocol.IsBacklogged)
        {
            if (!_provider!.MayNotify(this))
            {
                return ProtocolFault.NotifiedOutOfTurn;
            }

            _provider.OnNotified(this);
        }

        return _protocol.Notify();
    }

    private void LeaveApi()
    {
        _provider?.OnLeft();
        _provider = null;
    }

    private void Break(ProtocolFault fault)
    {
        (string rule, string sentence) = fault.Describe();
        Simulation.Current.Fail(rule, $"{Label} {sentence}");
    }

    // ── for people ──────────────────────────────────────────────────────

    /// <summary>Gives the request its number in the order of submission.</summary>
    internal virtual void BeginSubmission(long number)
    {
        _number = number;
        WhyNobody = null;
    }

    /// <summary>Records that the queue which held it has lost it, for the blocked graph.</summary>
    /// <param name="why">How, as the rest of a sentence about it.</param>
    internal void Lose(string why) => (HeldBy, WhyNobody) = (null, why);

    /// <summary>Records that a provider answered EBUSY and forgot the request, for the blocked graph.</summary>
    internal virtual void Forgotten(string provider)
    {
        HeldBy = null;
        _isForgotten = true;
        WhyNobody = $"was answered EBUSY by {provider} and is in no queue";
    }
}

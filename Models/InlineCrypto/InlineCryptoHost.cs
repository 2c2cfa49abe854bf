using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.InlineCrypto.Waiting;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>A storage host with keyslots: its queue, its profile, and commands that overlap in the device.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► (BioPrep) ──► RequestQueue ──► (keyslot as the design says) ──► QueueRqAsync ──► InlineCommand ──► interrupt ──► RequestQueue.End
/// </code>
/// Time passes in the latency of each command and in its transfer over the shared bandwidth. Not modelled: the cost of the
/// encryption itself, which the engine does at line rate.
/// </remarks>
[KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_queuecommand, ufshcd_compl_one_cqe", Version = "v6.18", Rules = "KS-23 KS-28")]
internal sealed class InlineCryptoHost : BlockDevice, IBlkMqDriver, IKeyedDevice
{
    private readonly InlineCryptoHostOptions _options;
    private readonly DispatchBudget? _budget;                // null: as many as there are tags
    private readonly RandomStream _latency;                  // draws in the order of issue
    [NotState]
    private readonly List<InlineCommand> _all = [];          // every command ever used; for diagnosis
    private readonly FreeList<InlineCommand> _free = new();  // commands not in use
    private readonly HostPower _power;
    private readonly HostReset? _reset;                      // null: it is never reset
    [NotState]
    private VirtualTime _busFreeAt;                          // end of the last transfer
    [NotState]
    private long _lastIssued;                                // the highest number of a request that the device has had
    [NotState]
    private long _overtaken;                                 // requests that came to the device behind one allocated later

    public InlineCryptoHost(LinuxKernel kernel, string name, InlineCryptoHostOptions options, RandomStream latency)
        : base(kernel, name, options)
    {
        (_options, _latency) = (options, latency);
        _budget = options.DeviceQueueDepth is { } depth ? new DispatchBudget(depth) : null;
        KeyslotOps ops = FaultyKeyslotOps.Around(options.CreateOps(kernel, name), options);
        _power = ops.Power;
        Profile = new CryptoProfile(kernel, name, options.Keyslots, ops, options.Wakeup)
        {
            SleepersWaitFor = new KeyslotUsers(this),
            FailedEvict = options.FailedEvictIn(kernel.Version),
        };
        Gate = KeyslotGate.For(Profile, options);
        Queue = new RequestQueue(kernel, name, SettingsOf(options, kernel.Version), _power.Around(Gate), this) { Profile = Profile };
        Gate.Attach(Queue);
        _power.Attach(Queue, Profile);
        Prep = new BioPrep(this, options, options.MayFallBack ? Gate as ITakesSlotFirst : null);
        _reset = options.Reset is { } reset ? new HostReset(kernel, this, reset, _power.Pm, options.Wakeup) : null;
    }

    private static RequestQueueSettings SettingsOf(InlineCryptoHostOptions options, KernelVersion kernel) => new()
    {
        HardwareQueues = options.HardwareQueues,
        QueueDepth = options.QueueDepth,
        IsBlocking = options.IsBlocking(kernel),
        PlugOnSleep = options.PlugOnSleep,
        Wakeup = options.Wakeup,
        Elevator = options.Elevator,
        Deadline = options.Iosched ?? new DeadlineOptions(),
        Requests = options.NrRequests,
        MaxSectors = options.MaxSectors.Bytes / 512,
        NoMerges = options.Nomerges,
        MergedKeyslot = options.MergedKeyslot,
        KeyslotRelease = options.KeyslotReleaseIn(kernel),
    };

    public RequestQueue Queue { get; }

    public CryptoProfile Profile { get; }

    public KeyslotGate Gate { get; }

    /// <summary>What decides whether it encrypts a bio itself.</summary>
    public BioPrep Prep { get; }

    public override Operation SubmitAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        bio.Stages.Enter(BioStage.Device, Kernel.Simulation.Now);
        return bio.Crypt is null || Prep.IsForHost(bio) ? Queue.SubmitAsync(bio) : PrepareAsync(bio);
    }

    private async Operation PrepareAsync(Bio bio)
    {
        if (await Prep.PrepareAsync(bio))
        {
            await Queue.SubmitAsync(bio);
        }
    }

    /// <inheritdoc/>
    [KernelSource("block/blk-crypto.c", "blk_crypto_evict_key", Version = "v6.18", Rules = "KS-17 KS-21")]
    public Operation<Errno> EvictKeyAsync(BlkCryptoKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Prep.EvictAsync(key, Profile);
    }

    /// <inheritdoc/>
    public Operation<DispatchAnswer> QueueRqAsync(Request request)
    {
        if (_reset is { IsRecovering: true })
        {
            return new Operation<DispatchAnswer>(DispatchAnswer.Resource);   // scsi_host_in_recovery
        }

        if (_power.Clocks is not null)
        {
            return QueueHeldAsync(request);
        }

        Start(request);
        return new Operation<DispatchAnswer>(DispatchAnswer.Go);
    }

    /// <summary>queuecommand of a host whose clocks may be off.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_queuecommand", Version = "v6.18", Rules = "KS-53 KS-54")]
    private async Operation<DispatchAnswer> QueueHeldAsync(Request request)
    {
        DispatchAnswer answer = await _power.Clocks!.HoldForCommandAsync(Active);
        if (answer == DispatchAnswer.Go)
        {
            Start(request);
        }

        return answer;
    }

    private void Start(Request request)
    {
        if (!_free.TryTake(out InlineCommand? command))
        {
            command = new InlineCommand(Kernel, Name, this);
            Remember(command);
        }

        request.First!.HeldBy = this;
        Enter();
        CheckKey(request);
        _overtaken += request.Number < _lastIssued ? 1 : 0;
        _lastIssued = Math.Max(_lastIssued, request.Number);
        command.Start(request, _options.LatencyOf(request.IsWrite).Sample(_latency));
    }

    /// <inheritdoc/>
    public bool TryGetBudget() => _budget?.TryGet() ?? true;

    /// <inheritdoc/>
    public void PutBudget(bool isEnd) => _budget?.Put(Queue, isEnd);

    /// <summary>Who ends requests: the commands in the device.</summary>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (InlineCommand command in _all)
        {
            command.Owners(owners);
        }

        _power.Owners(owners);
    }

    /// <summary>A command has waited out its latency.</summary>
    /// <returns>From now until its transfer ends, over a bandwidth that all commands share; null if that is unlimited.</returns>
    internal Duration? Transfer(Request request)
    {
        if (_options.Bandwidth is not { } bandwidth)
        {
            return null;
        }

        VirtualTime now = Kernel.Simulation.Now;
        _busFreeAt = (_busFreeAt > now ? _busFreeAt : now) + bandwidth.TimeFor(request.Size);
        return _busFreeAt - now;
    }

    /// <summary>A command has moved its data. Context: softirq.</summary>
    internal void OnCommandDone(InlineCommand command, Request request)
    {
        Kernel.Enter(CpuContext.Softirq);
        CheckKey(request);
        _free.Put(command);
        Finish(request.First!);
    }

    /// <inheritdoc/>
    internal override void EndBio(Bio bio)
    {
        Leave();
        _reset?.OnCommandEnd();
        Request request = bio.Request!;
        for (Bio? part = bio; part is not null; part = part.Next)
        {
            MoveData(part, request.Crypt is { } crypt ? SectorIv.Of(crypt, part.Sector - request.Sector) : default);
        }

        _power.Clocks?.OnCommandEnd();
        Queue.End(request);
    }

    internal override void RestartMeter()
    {
        base.RestartMeter();
        Profile.Meter.Restart();
        Queue.Meter.Restart();
        _power.Restart();
        Prep.RestartMeter();
        _reset?.Restart();
        _overtaken = 0;
    }

    internal override void AddMetrics(MetricList metrics, Duration measured)
    {
        base.AddMetrics(metrics, measured);
        Profile.Meter.AddMetrics(metrics, measured);
        Queue.Meter.AddMetrics(metrics, measured);
        metrics.Add(Name + ".overtaken", _overtaken);
        _power.AddMetrics(metrics);
        Prep.AddMetrics(metrics, Name);
        _reset?.AddMetrics(metrics);
    }

    /// <summary>KS-K4: from issue to the end the slot's key is the request's.</summary>
    private void CheckKey(Request request)
    {
        if (request.Crypt is { } crypt && request.SlotInUse is { } slot && slot.Key != crypt.Key)
        {
            Kernel.Simulation.Fail("KS-K4", $"{request.Label} needs {crypt.Key.Label} and is in the device with {slot.Label}, which holds {slot.Key?.Label ?? "no key"}");
        }
    }

    private void Remember(InlineCommand command)
    {
        if (_all.Count == _options.QueueDepth * _options.HardwareQueues)
        {
            _all.Clear();   // left there by states that were explored before
        }

        _all.Add(command);
    }
}

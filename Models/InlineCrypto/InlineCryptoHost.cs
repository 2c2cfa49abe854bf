using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Fallback;
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
internal sealed class InlineCryptoHost : BlockDevice, IBlkMqDriver
{
    private readonly InlineCryptoHostOptions _options;
    private readonly RandomStream _latency;                  // draws in the order of issue
    [NotState]
    private readonly List<InlineCommand> _all = [];          // every command ever used; for diagnosis
    private readonly FreeList<InlineCommand> _free = new();  // commands not in use
    [NotState]
    private VirtualTime _busFreeAt;                          // end of the last transfer

    public InlineCryptoHost(LinuxKernel kernel, string name, InlineCryptoHostOptions options, RandomStream latency)
        : base(kernel, name, options)
    {
        (_options, _latency) = (options, latency);
        Profile = new CryptoProfile(kernel, name, options.Keyslots, options.CreateOps(kernel, name), options.Wakeup) { SleepersWaitFor = this };
        Gate = KeyslotGate.For(Profile, options);
        RequestQueueSettings settings = new()
        {
            HardwareQueues = options.HardwareQueues,
            QueueDepth = options.QueueDepth,
            IsBlocking = options.Blocking,
            PlugOnSleep = options.PlugOnSleep,
            Wakeup = options.Wakeup,
        };
        Queue = new RequestQueue(kernel, name, settings, Gate, this) { Profile = Profile };
        Gate.Attach(Queue);
        Prep = new BioPrep(this, options, Gate as FallbackWithoutSlot);
    }

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
    public Operation<DispatchAnswer> QueueRqAsync(Request request)
    {
        if (!_free.TryTake(out InlineCommand? command))
        {
            command = new InlineCommand(Kernel, Name, this);
            Remember(command);
        }

        request.First!.HeldBy = this;
        Enter();
        CheckKey(request);
        command.Start(request, _options.Latency.Sample(_latency));
        return new Operation<DispatchAnswer>(DispatchAnswer.Go);
    }

    /// <summary>Who ends requests: the commands in the device.</summary>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (InlineCommand command in _all)
        {
            command.Owners(owners);
        }
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
        Request request = bio.Request!;
        for (Bio? part = bio; part is not null; part = part.Next)
        {
            MoveData(part, request.Crypt is { } crypt ? SectorIv.Of(crypt, part.Sector - request.Sector) : default);
        }

        Queue.End(request);
    }

    internal override void RestartMeter()
    {
        base.RestartMeter();
        Profile.Meter.Restart();
        Queue.Meter.Restart();
    }

    internal override void AddMetrics(MetricList metrics, Duration measured)
    {
        base.AddMetrics(metrics, measured);
        Profile.Meter.AddMetrics(metrics, measured);
        Queue.Meter.AddMetrics(metrics);
        Prep.AddMetrics(metrics, Name);
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

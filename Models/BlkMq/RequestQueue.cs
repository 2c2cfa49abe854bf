using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct request_queue</c> of a blk-mq device: bios become requests, which go through a plug and a hardware queue to the driver.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► gate ──► merge? ──► tag (sleeps) ──► gate ──► plug │ issue directly │ elevator, hardware queue ──► driver
///   End(request)     ──► gate: slot ──► bio_endio of each bio ──► tag ──► restart of the hardware queue
/// </code>
/// Time passes in waiting for a tag, at the gate and in the driver. Not modelled: splitting of a bio that is larger than a request
/// may become, priorities, flushes, zones.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_submit_bio", Version = "v6.18", Rules = "KS-23 KS-24 KS-25 KS-28 KS-33 KS-39 KS-43 KS-B1")]
internal sealed partial class RequestQueue : IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly RequestQueueSettings _settings;
    private readonly RequestGate _gate;
    private readonly List<HardwareContext> _contexts = [];   // by number
    private readonly FreeList<Request> _free = new();   // not in use
    private readonly FreeList<RequestList> _lists = new();
    private readonly LateRequestFree? _late;            // null where keyslots are put before bios end
    [NotState]
    private readonly List<Request> _known = [];         // every request made, in use or not; for diagnosis
    private long _order;                                // of the last allocation since nothing was in use
    [NotState]
    private long _allocated;                            // requests so far, for people

    public RequestQueue(LinuxKernel kernel, string name, RequestQueueSettings settings, RequestGate gate, IBlkMqDriver driver)
    {
        (_kernel, Name, _settings, _gate, Driver) = (kernel, name, settings, gate, driver);
        Meter = new RequestMeter(kernel, this);
        Kblockd = WorkQueue.Bound(kernel, "kblockd", settings.HardwareQueues, settings.Wakeup, WorkQueueFlags.HighPri);
        for (int i = 0; i < settings.HardwareQueues; i++)
        {
            _contexts.Add(new HardwareContext(kernel, this, i, settings));
        }

        Elevator = settings.Elevator == ElevatorKind.MqDeadline ? new MqDeadline(kernel, this, settings) : null;
        _late = settings.KeyslotRelease == KeyslotRelease.AtRequestFree ? new LateRequestFree(kernel, this) : null;
    }

    [field: NotState]
    public string Name { get; }

    public string Label => Name + " queue";

    public string? WhyNobody => null;

    public IBlkMqDriver Driver { get; }

    /// <summary>The I/O scheduler; null without one.</summary>
    public Elevator? Elevator { get; }

    /// <summary>Runs hardware queues that are not run by who asks for it.</summary>
    public WorkQueue Kblockd { get; }

    /// <summary>The keyslots of the host; null on a host without.</summary>
    public CryptoProfile? Profile { get; init; }

    public bool IsBlocking => _settings.IsBlocking;

    public PlugOnSleep PlugOnSleep => _settings.PlugOnSleep;

    /// <summary>Unless blk_queue_nomerges.</summary>
    public bool Merges => _settings.NoMerges < 2;

    /// <summary>nr_requests of a queue that has an elevator.</summary>
    public int RequestsMax => _settings.SchedulerTags;

    public VirtualTime Now => _kernel.Simulation.Now;

    public List<HardwareContext> Contexts => _contexts;

    /// <summary>What is measured about the hardware queues and the bios of each class.</summary>
    public RequestMeter Meter { get; }

    /// <summary>Requests in use, and some that are not; for diagnosis.</summary>
    public IReadOnlyList<Request> Known => _known;

    /// <summary>Requests allocated and not yet freed.</summary>
    public int InUse { get; private set; }

    /// <summary>Requests whose bios have ended and that have a keyslot still, because they have not been freed.</summary>
    public int Ended => _late?.Count ?? 0;

    /// <summary>Requests are allocated from scheduler tags and take their driver tag at dispatch (KS-43).</summary>
    public bool HasSchedulerTags => Elevator is not null || _gate.TakesTagAtDispatch;

    // ── from above ──────────────────────────────────────────────────────

    /// <summary>blk_mq_submit_bio. Context: process; sleeps for a tag and where the gate does.</summary>
    public async Operation SubmitAsync(Bio bio)
    {
        BlkStatus status = CryptMerge.IsAligned(bio) ? await _gate.AtSubmitAsync(bio) : BlkStatus.IoError;
        if (status != BlkStatus.Ok)
        {
            EndBio(bio, null, status);
            return;
        }

        HardwareContext context = _contexts[bio.Cpu % _contexts.Count];
        if (Merges && TryMerge(bio, context))
        {
            return;
        }

        if (!TagsOf(context).TryAcquire())
        {
            await SleepForTagAsync(context, bio.Plug);
        }

        Request request = Allocate(bio, context);
        status = await _gate.AtRequestAsync(request);
        if (status != BlkStatus.Ok)
        {
            EndWith(request, status);
            return;
        }

        await (request.Plug is { } plug ? plug.AddAsync(request) : request.Context.IssueOrQueueAsync(request));
    }

    /// <summary>blk_mq_flush_plug_list for the requests of this queue: issues them in order or, from schedule(), leaves that to kblockd.</summary>
    public async Operation FlushPlugAsync(RequestList plugged, bool fromSchedule)
    {
        for (Request? at = plugged.First; at is not null; at = at.Next)
        {
            at.Plug = null;
        }

        if (!fromSchedule && Elevator is null)
        {
            await IssueInOrderAsync(plugged);
        }

        while (!plugged.IsEmpty)
        {
            await DispatchPluggedAsync(plugged, fromSchedule);
        }
    }

    /// <summary>blk_mq_issue_direct: one after the other, on whichever hardware queue, until one cannot go on.</summary>
    [ReadSide]
    [KernelSource("block/blk-mq.c", "blk_mq_issue_direct", Version = "v6.18", Rules = "KS-37")]
    private async Operation IssueInOrderAsync(RequestList plugged)
    {
        CpuContext outer = plugged.First!.Context.EnterDispatch();
        bool goesOn = true;
        while (goesOn && !plugged.IsEmpty)
        {
            Request request = plugged.Take();
            goesOn = await request.Context.IssueNowAsync(request) == IssueAnswer.Done;
            if (!goesOn)
            {
                request.Context.PutBack(request);
                await request.Context.RunQueueAsync(isAsync: false);
            }
        }

        _kernel.Enter(outer);
    }

    /// <summary>blk_mq_dispatch_list: those of the first one's CPU go to the elevator or its software queue.</summary>
    private async Operation DispatchPluggedAsync(RequestList plugged, bool fromSchedule)
    {
        HardwareContext context = plugged.First!.Context;
        RequestList own = _lists.TryTake(out RequestList? reused) ? reused : new RequestList();
        TakeOf(context, plugged, own, plugged.First.Cpu);
        if (Elevator is null)
        {
            await context.InsertAllAsync(own, fromSchedule);
        }
        else
        {
            InsertAll(Elevator, own);
            await context.RunQueueAsync(fromSchedule);
        }

        _lists.Put(own);
    }

    private static void InsertAll(Elevator elevator, RequestList requests)
    {
        while (!requests.IsEmpty)
        {
            elevator.Insert(requests.Take());
        }
    }

    /// <summary>Moves the requests of one hardware queue, and if given of one CPU, to another list.</summary>
    public static void TakeOf(HardwareContext context, RequestList from, RequestList into, int cpu = -1)
    {
        for (Request? at = from.First; at is not null;)
        {
            Request? next = at.Next;
            if (at.Context == context && (cpu < 0 || at.Cpu == cpu))
            {
                from.Remove(at);
                into.Append(at);
            }

            at = next;
        }
    }

    // ── a bio becomes a request ─────────────────────────────────────────

    /// <summary>blk_mq_attempt_bio_merge: into the task's plug, then the elevator or the software queue of its CPU.</summary>
    private bool TryMerge(Bio bio, HardwareContext context)
    {
        MergedIn into = MergedIn.Plug;
        if (bio.Plug?.Merge(this, bio, _settings.MaxSectors) != MergeStatus.Ok)
        {
            into = Elevator is null ? MergedIn.SoftwareQueue : MergedIn.Elevator;
            if (!(Elevator is null ? context.Software.Merge(bio, _settings.MaxSectors) == MergeStatus.Ok : Elevator.TryMerge(bio)))
            {
                return false;
            }
        }

        bool isFront = bio.Request is not null;
        Meter.Merges.OnBio(into, isFront);
        _kernel.Tracer?.Emit(TraceKind.Step, isFront ? "bio_attempt_front_merge" : "bio_attempt_back_merge", Name, bio.Label, detail: bio.HeldBy!.Label);
        return true;
    }

    /// <summary>What a request is allocated from.</summary>
    private Resource TagsOf(HardwareContext context) => HasSchedulerTags ? context.Requests : context.Tags;

    /// <summary>blk_mq_get_tag: the queue is run once more before the sleep. Tags go to those who sleep in the order in which they came.</summary>
    [KernelSource("block/blk-mq-tag.c", "blk_mq_get_tag", Version = "v6.18", Rules = "KS-24 KS-25")]
    private async Operation SleepForTagAsync(HardwareContext context, Plug? plug)
    {
        _ = _kernel.MaySleep("blk_mq_get_tag");
        await context.RunQueueAsync(isAsync: false);
        if (TagsOf(context).TryAcquire())
        {
            return;
        }

        await (plug?.FlushOnSleepAsync() ?? Operation.Completed);
        _kernel.OnSleep();
        await TagsOf(context).AcquireAsync();
        if (_settings.Wakeup > Duration.Zero)
        {
            await _kernel.Simulation.Delay(_settings.Wakeup);
        }
    }

    private Request Allocate(Bio bio, HardwareContext context)
    {
        if (!_free.TryTake(out Request? request))
        {
            request = new Request(this);
            Remember(request);
        }

        if (bio.Plug is { } plug)
        {
            plug.Task = _kernel.Simulation.CurrentProcess;
        }

        _order = InUse == 0 ? 0 : _order + 1;
        InUse++;
        request.Begin(bio, context, ++_allocated, _order);
        request.HasTag = !HasSchedulerTags;
        _ = request.MarkTag();
        _kernel.Tracer?.Bio("blk_mq_submit_bio", Name, bio);
        return request;
    }

    private void Remember(Request request)
    {
        if (_known.Count > InUse)
        {
            _known.Clear();   // left there by states that were explored before
        }

        _known.Add(request);
    }

    /// <summary>For diagnosis: the driver ends requests, the hardware queues issue them, and the gate lets go of what it keeps.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(Driver);
        _gate.Owners(owners);
        foreach (HardwareContext context in _contexts)
        {
            context.Owners(owners);
        }
    }
}

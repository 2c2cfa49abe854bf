using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct request_queue</c> of a blk-mq device: bios become requests, which go through a plug and a hardware queue to the driver.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► gate ──► merge? ──► tag (sleeps) ──► gate ──► plug │ issue directly │ hardware queue ──► driver
///   End(request)     ──► gate: slot ──► bio_endio of each bio ──► tag ──► restart of the hardware queue
/// </code>
/// Time passes in waiting for a tag, at the gate and in the driver.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_submit_bio", Version = "v6.18", Rules = "KS-23 KS-24 KS-25 KS-28 KS-39 KS-43 KS-B1")]
internal sealed class RequestQueue : IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly RequestQueueSettings _settings;
    private readonly RequestGate _gate;
    private readonly HardwareContext[] _contexts;
    private readonly FreeList<Request> _free = new();   // not in use
    private long _order;                                // of the last allocation since nothing was in use
    [NotState]
    private long _allocated;                            // requests so far, for people

    public RequestQueue(LinuxKernel kernel, string name, RequestQueueSettings settings, RequestGate gate, IBlkMqDriver driver)
    {
        (_kernel, Name, _settings, _gate, Driver) = (kernel, name, settings, gate, driver);
        Meter = new RequestMeter(kernel, name);
        Kblockd = WorkQueue.Bound(kernel, "kblockd", settings.HardwareQueues, settings.Wakeup, WorkQueueFlags.HighPri);
        _contexts = new HardwareContext[settings.HardwareQueues];
        for (int i = 0; i < _contexts.Length; i++)
        {
            _contexts[i] = new HardwareContext(kernel, this, i, settings);
        }
    }

    [field: NotState]
    public string Name { get; }

    public string Label => Name + " queue";

    public string? WhyNobody => null;

    public IBlkMqDriver Driver { get; }

    /// <summary>Runs hardware queues that are not run by who asks for it.</summary>
    public WorkQueue Kblockd { get; }

    /// <summary>The keyslots of the host; null on a host without.</summary>
    public CryptoProfile? Profile { get; init; }

    public bool IsBlocking => _settings.IsBlocking;

    public PlugOnSleep PlugOnSleep => _settings.PlugOnSleep;

    public VirtualTime Now => _kernel.Simulation.Now;

    public IReadOnlyList<HardwareContext> Contexts => _contexts;

    /// <summary>What is measured about the hardware queues and the bios of each class.</summary>
    public RequestMeter Meter { get; }

    /// <summary>Requests allocated and not yet freed.</summary>
    public int InUse { get; private set; }

    // ── from above ──────────────────────────────────────────────────────

    /// <summary>blk_mq_submit_bio. Context: process; sleeps for a tag and where the gate does.</summary>
    public async Operation SubmitAsync(Bio bio)
    {
        BlkStatus status = await _gate.AtSubmitAsync(bio);
        if (status != BlkStatus.Ok)
        {
            EndBio(bio, status);
            return;
        }

        HardwareContext context = _contexts[bio.Cpu % _contexts.Length];
        await TakeTagAsync(context, bio.Plug);
        Request request = Allocate(bio, context);
        status = await _gate.AtRequestAsync(request);
        if (status == BlkStatus.Ok)
        {
            await GoOnAsync(request);
        }
        else
        {
            EndWith(request, status);
        }
    }

    /// <summary>blk_mq_flush_plug_list: issues the requests in order or, from schedule(), leaves that to kblockd.</summary>
    public async Operation FlushPlugAsync(RequestList plugged, bool fromSchedule)
    {
        if (!fromSchedule && _contexts.Length == 1)
        {
            await _contexts[0].IssuePluggedAsync(plugged);
        }

        while (!plugged.IsEmpty)
        {
            Request request = plugged.Take();
            request.Plug = null;
            request.Context.Insert(request);
        }

        foreach (HardwareContext context in _contexts)
        {
            await context.RunQueueAsync(isAsync: fromSchedule);
        }
    }

    // ── to the driver ───────────────────────────────────────────────────

    /// <summary>Hands a request to the gate, then to the driver. Context: the dispatcher's.</summary>
    public async Operation<DispatchAnswer> IssueAsync(Request request)
    {
        DispatchAnswer answer = await _gate.AtDispatchAsync(request);
        if (answer == DispatchAnswer.Go)
        {
            answer = await Driver.QueueRqAsync(request);
        }

        if (answer == DispatchAnswer.Failed)
        {
            EndWith(request, BlkStatus.IoError);
        }
        else if (answer != DispatchAnswer.Go && _gate.TakesTagAtDispatch)
        {
            request.Context.PutTag(request);
        }

        return answer;
    }

    /// <summary>The driver tag that a request needs to be issued; it has one already unless they are taken at dispatch.</summary>
    public static bool TryTag(Request request) => request.HasTag || request.Context.TryTag(request);

    /// <summary>A hardware queue is run because its delay is over.</summary>
    public void OnDelayedRun(HardwareContext context) => _gate.OnDelayedRun(context);

    // ── from the driver ─────────────────────────────────────────────────

    /// <summary>blk_mq_end_request: the slot, then the bios, then the tag (KS-28). Context: the completion's.</summary>
    public void End(Request request) => EndWith(request, BlkStatus.Ok);

    private void EndWith(Request request, BlkStatus status)
    {
        _gate.OnEnd(request);
        EndBios(request, status);
        Free(request);
    }

    private void EndBios(Request request, BlkStatus status)
    {
        Bio? bio = request.First;
        while (bio is not null)
        {
            Bio? next = bio.Next;
            bio.Next = null;
            EndBio(bio, status);
            bio = next;
        }
    }

    private void EndBio(Bio bio, BlkStatus status)
    {
        Meter.OnBioEnd(bio);
        bio.Request = null;
        _gate.OnBioEnd(bio);
        _kernel.Tracer?.BioEnd(bio.EndIo, bio);
        bio.End(status == BlkStatus.Ok ? Errno.Success : Errno.EIO);
    }

    private void Free(Request request)
    {
        HardwareContext context = request.Context;
        request.Clear();
        _free.Put(request);
        InUse--;
        context.PutTag(request);
        if (_gate.TakesTagAtDispatch)
        {
            context.Requests.Release();
        }

        context.Restart();
    }

    // ── a bio becomes a request ─────────────────────────────────────────

    /// <summary>blk_mq_get_tag: a driver tag, or a scheduler tag where driver tags are taken at dispatch.</summary>
    private async Operation TakeTagAsync(HardwareContext context, Plug? plug)
    {
        Resource tags = _gate.TakesTagAtDispatch ? context.Requests : context.Tags;
        if (!tags.TryAcquire())
        {
            _kernel.MaySleep("blk_mq_get_tag");
            await context.RunQueueAsync(isAsync: false);
            await (plug?.FlushOnSleepAsync() ?? Operation.Completed);
            _kernel.OnSleep();
            await tags.AcquireAsync();
        }
    }

    private Request Allocate(Bio bio, HardwareContext context)
    {
        if (!_free.TryTake(out Request? request))
        {
            request = new Request(this);
        }

        _order = InUse == 0 ? 0 : _order + 1;
        InUse++;
        request.Begin(bio, context, ++_allocated, _order);
        request.HasTag = !_gate.TakesTagAtDispatch;
        _kernel.Tracer?.Bio("blk_mq_submit_bio", Name, bio);
        return request;
    }

    private Operation GoOnAsync(Request request)
    {
        if (request.Plug is { } plug)
        {
            plug.Add(request, this);
            return Operation.Completed;
        }

        return request.Context.IssueOrQueueAsync(request);
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

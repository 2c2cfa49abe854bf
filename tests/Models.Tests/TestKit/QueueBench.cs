using System.Globalization;
using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A request queue alone, over a driver that does what a test says; bios are submitted by hand at chosen instants [us].</summary>
internal sealed class QueueBench : IDisposable, IBioOwner
{
    private static readonly DataSize Unit = DataSize.FromKibibytes(4);
    private readonly Dictionary<Bio, string> _names = [];
    private readonly List<TraceEvent> _trace = [];
    private readonly KeyRing _keys = new();
    private int _tasks;

    public QueueBench(RequestQueueSettings settings, RequestGate? gate = null, int cpus = 4)
    {
        Kernel = new LinuxKernel(Simulation, cpus, new Tracer(0, 0, _trace.Add));
        Driver = new ScriptedDriver(this);
        Queue = new RequestQueue(Kernel, "ufs0", settings, gate ?? new OpenGate(), Driver);
    }

    /// <summary>One hardware queue of 32 tags; a run by kblockd begins 1us after it was asked for.</summary>
    public static RequestQueueSettings Usual { get; } = new()
    {
        HardwareQueues = 1,
        QueueDepth = 32,
        IsBlocking = false,
        PlugOnSleep = PlugOnSleep.Flush,
        Wakeup = Scene.Us,
    };

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public RequestQueue Queue { get; }

    public ScriptedDriver Driver { get; }

    public HardwareContext Hctx => Queue.Contexts[0];

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>Ends of bios in their order, e.g. <c>a 0@12.5</c>: name, error, [us].</summary>
    public List<string> Ended { get; } = [];

    public string EndIo => "bio_endio";

    /// <summary>[us]</summary>
    public string Now => (Simulation.NowPicoseconds / 1_000_000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A bio of so many units of 4KiB; the key's data units are numbered like the device's, unless said.</summary>
    public Bio Bio(string name, long unit, int units = 1, bool isWrite = false, int cpu = 0, string? key = null, DataUnitNumber? dun = null, long extraBytes = 0)
    {
        Bio bio = new(this);
        bio.Begin(unit * 8, new DataSize((units * Unit.Bytes) + extraBytes), isWrite, cpu, VirtualTime.Zero);
        bio.SetNumber(_names.Count + 1);
        bio.Crypt = key is null ? null : new BioCryptContext(_keys.Get(key, Unit), dun ?? new DataUnitNumber((ulong)unit));
        _names.Add(bio, name);
        return bio;
    }

    /// <summary>A task that submits bios one after the other from an instant on.</summary>
    public void Submit(long atUs, params Bio[] bios) => Spawn(atUs, bios, null);

    /// <summary>A task that plugs what it submits.</summary>
    public Plug SubmitPlugged(long atUs, params Bio[] bios)
    {
        Plug plug = new();
        Spawn(atUs, bios, plug);
        return plug;
    }

    /// <summary>Does something in process context at an instant.</summary>
    public void At(long us, Action action) => Simulation.Spawn("at", Later(us, action));

    /// <summary>Runs for a second, in which everything ends that ends.</summary>
    public Outcome Run()
    {
        At(1_000_000, () => { });
        Assert.Equal(RunState.Ended, Simulation.Run(new RunLimits { EventsPerInstantLimit = 10_000 }));
        return Simulation.Outcome.WithoutException();
    }

    /// <summary>The same, and nothing is wrong or left.</summary>
    public void RunToEnd()
    {
        Outcome outcome = Run();
        Assert.Equal((End.Completed, null), (outcome.End, outcome.Message));
        Assert.Equal(0, Queue.InUse);
        Assert.All(Queue.Contexts, context => Assert.Equal((0, 0, 0), (context.Tags.InUse, context.Requests.InUse, context.Stopped)));
    }

    public void OnBioEnd(Bio bio) =>
        Ended.Add($"{_names[bio]} {(bio.Error == Errno.Success ? "0" : bio.Error.ToString())}@{Now}");

    public void Dispose() => Simulation.Dispose();

    private void Spawn(long atUs, Bio[] bios, Plug? plug) => Simulation.Spawn($"task/{_tasks++}", SubmitLater(atUs, bios, plug));

    private async Process SubmitLater(long atUs, Bio[] bios, Plug? plug)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * atUs);
        foreach (Bio bio in bios)
        {
            bio.Plug = plug;
            await Queue.SubmitAsync(bio);
        }

        await (plug?.FlushAsync() ?? Operation.Completed);
    }

    private async Process Later(long us, Action action)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * us);
        action();
    }

    private sealed class OpenGate : RequestGate;
}

/// <summary>A driver that answers from a list, OK once that is used up, and ends what it took after 10us, or what a test says, in softirq.</summary>
internal sealed class ScriptedDriver(QueueBench bench) : IBlkMqDriver
{
    /// <summary>What queue_rq answers next.</summary>
    public Queue<DispatchAnswer> Answers { get; } = [];

    /// <summary>[us] Until then it answers DevResource, once the list is used up.</summary>
    public long FullUntil { get; set; }

    /// <summary>The hardware queue that <see cref="FullUntil"/> speaks of; null: all.</summary>
    public HardwareContext? FullFor { get; set; }

    /// <summary>From queue_rq until the request ends.</summary>
    public Duration Service { get; set; } = Scene.Us * 10;

    /// <summary>queue_rq sleeps for so long.</summary>
    public Duration Sleeps { get; set; }

    /// <summary>Commands that the device takes at a time; null: no budget.</summary>
    public DispatchBudget? Budget { get; set; }

    /// <summary>Requests that came, e.g. <c>R 8+16@12.5</c>, with the answer unless it is OK.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Called for each request that is taken.</summary>
    public Action<Request>? OnTaken { get; set; }

    public string Label => "driver";

    public string? WhyNobody => null;

    private bool IsFull => bench.Simulation.Now < VirtualTime.Zero + (Scene.Us * FullUntil);

    public async Operation<DispatchAnswer> QueueRqAsync(Request request)
    {
        if (Sleeps > Duration.Zero)
        {
            _ = bench.Kernel.MaySleep("ufshcd_hold");
            await bench.Simulation.Delay(Sleeps);
        }

        DispatchAnswer answer = Answers.TryDequeue(out DispatchAnswer next) ? next
            : IsFull && (FullFor ?? request.Context) == request.Context ? DispatchAnswer.DevResource : DispatchAnswer.Go;
        string what = $"{(request.IsWrite ? 'W' : 'R')} {request.Sector}+{request.Size.Bytes / 512}@{bench.Now}";
        Log.Add(answer == DispatchAnswer.Go ? what : $"{what} {answer}");
        if (answer == DispatchAnswer.Go)
        {
            OnTaken?.Invoke(request);
            bench.Simulation.Spawn("device", EndLater(request));
        }

        return answer;
    }

    public bool TryGetBudget() => Budget?.TryGet() ?? true;

    public void PutBudget(bool isEnd) => Budget?.Put(bench.Queue, isEnd);

    public void Owners(OwnerList owners)
    {
    }

    private async Process EndLater(Request request)
    {
        bench.Kernel.Enter(CpuContext.Softirq);
        await bench.Simulation.Delay(Service);
        bench.Queue.End(request);
    }
}

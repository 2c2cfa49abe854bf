using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A driver alone on a bench: requests are submitted by hand at chosen instants and write down their callbacks.</summary>
internal sealed class DriverBench : IDisposable
{
    private static readonly Duration KeptAlive = Duration.FromSeconds(1);
    private readonly List<TraceEvent> _trace = [];

    /// <summary>Brings the driver up.</summary>
    /// <param name="options">The driver.</param>
    /// <param name="cpus">Online CPUs.</param>
    /// <param name="version">The release.</param>
    /// <param name="child">What it is built on; nothing by default.</param>
    public DriverBench(CryptoDeviceOptions options, int cpus = 4, KernelVersion version = KernelVersion.V618, (string Name, CryptoDeviceOptions Options)? child = null)
    {
        Kernel = new LinuxKernel(Simulation, cpus, new Tracer(0, 0, _trace.Add), version: version);
        CryptoProvider[] earlier = child is { } part ? [part.Options.Build(new CryptoParts(Kernel, part.Name, new RandomSource(1), []))] : [];
        Driver = options.Build(new CryptoParts(Kernel, "drv0", new RandomSource(1), earlier));
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public CryptoProvider Driver { get; }

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>Callbacks of all requests in their order, e.g. <c>r3 EINPROGRESS@2</c>: [us].</summary>
    public List<string> Log { get; } = [];

    private int _made;

    /// <summary>Jobs of exactly 2us and nothing else that takes time.</summary>
    public static T Timed<T>(T options)
        where T : AcceleratorOptions => options with
        {
            Setup = Scene.Service(Scene.Us * 2),
            Bandwidth = new Bandwidth(1L << 60),
            Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.Zero, Tasklet = Duration.Zero },
        };

    public TestRequest Request(bool mayBacklog = true, int tfm = 0)
    {
        TestRequest request = new("r" + (++_made).ToString(System.Globalization.CultureInfo.InvariantCulture), mayBacklog, Kernel) { OwnTfm = tfm };
        request.OnCallback = status => Log.Add($"{request.Name} {Word(status)}@{Simulation.Now.Nanoseconds / 1000m:0.###}");
        return request;
    }

    /// <summary>Submits so many requests at this instant, each in one step.</summary>
    public string Submit(int count, bool mayBacklog = true, int tfm = 0)
    {
        string[] answers = new string[count];
        for (int i = 0; i < count; i++)
        {
            answers[i] = Word(Driver.Submit(Request(mayBacklog, tfm)).Errno);
        }

        return string.Join(' ', answers);
    }

    /// <summary>Does something in process context after so many nanoseconds.</summary>
    public void At(long nanoseconds, Action action) => Simulation.Spawn("at", Later(Duration.FromNanoseconds(nanoseconds), action));

    /// <summary>Submits one request after so many nanoseconds, step by step, and writes the answer down.</summary>
    public void SubmitInStepsAt(long nanoseconds, bool mayBacklog = true) => Simulation.Spawn("steps", SubmitLater(Duration.FromNanoseconds(nanoseconds), Request(mayBacklog)));

    /// <summary>Runs until the driver has long been quiet.</summary>
    public Outcome Run()
    {
        Simulation.Spawn("bench", Later(KeptAlive, () => { }));
        Assert.Equal(RunState.Ended, Simulation.Run(new RunLimits { EventsPerInstantLimit = 10_000 }));
        return Simulation.Outcome.WithoutException();
    }

    public void Dispose() => Simulation.Dispose();

    private static string Word(Errno errno) => errno == Errno.Success ? "0" : errno.ToString();

    private async Process Later(Duration delay, Action action)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(delay);
        action();
    }

    private async Process SubmitLater(Duration delay, TestRequest request)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(delay);
        SubmitResult result = await Driver.SubmitAsync(request);
        Log.Add($"{request.Name} answered {Word(result.Errno)}@{Simulation.Now.Nanoseconds / 1000m:0.###}");
    }
}

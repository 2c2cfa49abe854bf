using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A job ring alone on a bench: requests are submitted by hand at chosen instants and write down their callbacks.</summary>
internal sealed class RingBench : IDisposable
{
    private static readonly Duration KeptAlive = Duration.FromSeconds(1);
    private readonly List<TraceEvent> _trace = [];

    public RingBench(JobRingOptions options, int cpus = 4)
    {
        Simulation = new Simulation();
        Kernel = new LinuxKernel(Simulation, cpus, new Tracer(0, 0, _trace.Add));
        Ring = new JobRing(Kernel, "jr0", options, new RandomSource(1).Stream("jr0.setup"));
        Engine = options.Front == Front.None ? null : new CryptoEngine(Kernel, "jr0-engine", Ring, options);
        Cipher = new CaamCipher(Ring, Engine);
    }

    public Simulation Simulation { get; }

    public LinuxKernel Kernel { get; }

    public JobRing Ring { get; }

    public CryptoEngine? Engine { get; }

    public CaamCipher Cipher { get; }

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>Callbacks of all requests in their order, e.g. <c>r3 EINPROGRESS</c>.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Requests in the order in which they were made.</summary>
    public List<TestRequest> Requests { get; } = [];

    public TestRequest Request(bool mayBacklog = true)
    {
        TestRequest request = new("r" + (Requests.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), mayBacklog, Kernel, Log);
        Requests.Add(request);
        return request;
    }

    /// <summary>Submits so many requests at this instant.</summary>
    public string[] Submit(int count, bool mayBacklog = true)
    {
        string[] answers = new string[count];
        for (int i = 0; i < count; i++)
        {
            answers[i] = Cipher.Submit(Request(mayBacklog)).Errno.ToString();
        }

        return answers;
    }

    /// <summary>Does something in process context after so many nanoseconds.</summary>
    public void At(long nanoseconds, Action action) => Simulation.Spawn("at", Later(Duration.FromNanoseconds(nanoseconds), action));

    /// <summary>Runs until the instant [ns] is over or, by default, until the ring has long been quiet.</summary>
    public Outcome Run(long? until = null)
    {
        Simulation.Spawn("bench", Later(until is { } ns ? Duration.FromNanoseconds(ns) : KeptAlive, () => { }));
        Assert.Equal(RunState.Ended, Simulation.Run(new RunLimits { EventsPerInstantLimit = 10_000 }));
        return Simulation.Outcome.WithoutException();
    }

    public void Dispose() => Simulation.Dispose();

    private async Process Later(Duration delay, Action action)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(delay);
        action();
    }
}

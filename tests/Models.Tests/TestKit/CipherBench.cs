using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>Ciphers alone on a bench: requests are submitted by hand at chosen instants, in a chosen context.</summary>
internal sealed class CipherBench : IDisposable
{
    private readonly List<TraceEvent> _trace = [];
    private readonly List<CryptoProvider> _devices = [];

    /// <param name="options">Options of the devices in order; the last is the cipher, earlier ones are d0, d1, ...</param>
    public CipherBench(params CryptoDeviceOptions[] options)
        : this(1, KernelVersion.V69, options)
    {
    }

    public CipherBench(int cpus, KernelVersion version, params CryptoDeviceOptions[] options)
    {
        Simulation = new Simulation();
        Kernel = new LinuxKernel(Simulation, cpus, new Tracer(0, 0, _trace.Add), version: version);
        RandomSource random = new(1);
        for (int i = 0; i < options.Length; i++)
        {
            _devices.Add(options[i].Build(new CryptoParts(Kernel, "d" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), random, _devices)));
        }
    }

    public Simulation Simulation { get; }

    public LinuxKernel Kernel { get; }

    public IReadOnlyList<CryptoProvider> Devices => _devices;

    public CryptoProvider Cipher => _devices[^1];

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>Answers and callbacks in their order, e.g. <c>r3 EINPROGRESS</c>.</summary>
    public List<string> Log { get; } = [];

    public List<TestRequest> Requests { get; } = [];

    public TestRequest Request(long bytes, bool mayBacklog = true, int cpu = 0)
    {
        TestRequest request = new("r" + (Requests.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), mayBacklog, Kernel, Log) { Cpu = cpu };
        request.Resize(bytes);
        Requests.Add(request);
        return request;
    }

    /// <summary>Does something in process context after so many nanoseconds.</summary>
    public void At(long nanoseconds, Action action) => Simulation.Spawn("at", Later(Duration.FromNanoseconds(nanoseconds), action));

    /// <summary>A caller in a context: submits so many requests one after the other and spends the CPU time of each call.</summary>
    public void Call(string name, long atNs, CpuContext context, int requests, long bytes, int cpu = 0, bool mayBacklog = true) =>
        Simulation.Spawn(name, CallLater(Duration.FromNanoseconds(atNs), context, requests, bytes, cpu, mayBacklog));

    /// <summary>Accepted requests of raised softirqs in the order of their submission.</summary>
    public List<string> SoftirqRequests { get; } = [];

    /// <summary>The same in the order in which they ended, in their call or by their callback.</summary>
    public List<string> SoftirqEnds { get; } = [];

    /// <summary>Raises a softirq that submits so many requests one after the other; a CPU runs one softirq at a time.</summary>
    public void RaiseAt(long atNs, int requests, long bytes, int cpu, bool mayBacklog)
    {
        Caller caller = new(this, requests, bytes, cpu, mayBacklog);
        _ = Kernel.Softirqs;
        At(atNs, () => Kernel.Softirqs.Raise(cpu, caller));
    }

    /// <summary>Runs until everything has long been quiet.</summary>
    public Outcome Run()
    {
        At(1_000_000_000, () => { });
        return Simulation.Run().WithoutException();
    }

    public string[] Functions() => [.. _trace.Select(e => e.Function)];

    public void Dispose() => Simulation.Dispose();

    private async Process Later(Duration delay, Action action)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(delay);
        action();
    }

    private async Process CallLater(Duration delay, CpuContext context, int requests, long bytes, int cpu, bool mayBacklog)
    {
        Kernel.Enter(context);
        await Simulation.Delay(delay);
        while (requests-- > 0)
        {
            TestRequest request = Request(bytes, mayBacklog, cpu);
            SubmitResult result = Cipher.Submit(request);
            await Kernel.Cpus.SpendAsync(cpu, result.CpuTime, result.UsesSimd);
            Log.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{request.Name} -> {(result.Errno == Errno.Success ? "0" : result.Errno.ToString())}@{Simulation.Now.Nanoseconds:0.###}"));
        }
    }

    private sealed class Caller(CipherBench bench, int requests, long bytes, int cpu, bool mayBacklog) : SoftirqWork
    {
        public override async Operation RunAsync()
        {
            for (int i = 0; i < requests; i++)
            {
                TestRequest request = bench.Request(bytes, mayBacklog, cpu);
                request.OnCallback = status =>
                {
                    if (status == Errno.Success)
                    {
                        bench.SoftirqEnds.Add(request.Name);
                    }
                };
                SubmitResult result = bench.Cipher.Submit(request);
                await bench.Kernel.Cpus.SpendAsync(cpu, result.CpuTime, result.UsesSimd);
                if (result.Accepted || result.Status == SubmitStatus.Done)
                {
                    bench.SoftirqRequests.Add(request.Name);
                }

                if (result.Status == SubmitStatus.Done)
                {
                    bench.SoftirqEnds.Add(request.Name);
                }
            }
        }
    }
}

using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A host with tasks that read, write and evict at given instants, and a diary of its clocks and of its power.</summary>
internal sealed class PoweredBench : IBioOwner, IDisposable
{
    private readonly KeyRing _keys = new();
    private readonly List<TraceEvent> _trace = [];

    public PoweredBench(InlineCryptoHostOptions options, KernelVersion kernel = KernelVersion.V618, MemoryOptions? memory = null)
    {
        Kernel = new LinuxKernel(Simulation, 4, new Tracer(0, 0, _trace.Add), kernel) { Memory = new PageAllocator(memory) };
        Host = new InlineCryptoHost(Kernel, "ufs0", options, new RandomSource(1).Stream("ufs0.latency"));
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public InlineCryptoHost Host { get; }

    /// <summary>[us] From its instant until its end, of each I/O and eviction, in the order of their ends.</summary>
    public List<decimal> Took { get; } = [];

    /// <summary>I/Os that ended with an error.</summary>
    public int Errors { get; private set; }

    public string EndIo => "dio_bio_end_aio";

    /// <summary>Where the clocks went, with the instant [us].</summary>
    public IEnumerable<string> Clocks => Diary("ufshcd_clk_gating");

    /// <summary>Where the power went, with the instant [us].</summary>
    public IEnumerable<string> Power => Diary("rpm_resume", "rpm_suspend");

    /// <summary>Keys programmed, with the instant [us] at which that began.</summary>
    public IEnumerable<string> Programs => _trace.Where(e => e.Function == "keyslot_program").Select(e => $"{e.Detail} @{Us(e)}");

    private string[] Diary(params string[] functions) =>
        [.. _trace.Where(e => functions.Contains(e.Function)).Select(e => $"{e.Detail} @{Us(e)}")];

    private static string Us(TraceEvent e) => (e.AtPicoseconds / 1_000_000m).ToString("0.##", CultureInfo.InvariantCulture);

    public BlkCryptoKey Key(string name) => _keys.Get(name, new CryptoConfig(CryptoMode.Aes256Xts, DataSize.FromKibibytes(4), 4));

    /// <summary>A task that does one I/O at an instant [us].</summary>
    public PoweredBench Io(decimal at, string? key = null, int cpu = 0, bool isWrite = false)
    {
        Simulation.Spawn("task", IoAsync(at, key, cpu, isWrite));
        return this;
    }

    /// <summary>A task that evicts a key at an instant [us].</summary>
    public PoweredBench Evict(decimal at, string key)
    {
        Simulation.Spawn("fscrypt", EvictAsync(at, key));
        return this;
    }

    /// <summary>A page comes free, or is taken, at an instant [us].</summary>
    public PoweredBench FreePage(decimal at, bool isTaken = false)
    {
        Simulation.Spawn("page", FreeAsync(at, isTaken));
        return this;
    }

    /// <summary>Runs it until nothing is left to do but at most so long [ms].</summary>
    public Outcome Run(int ms = 10_000)
    {
        Simulation.Spawn("end", EndAsync(ms));
        Simulation.Run(new RunLimits { TimeLimit = VirtualTime.Zero + Duration.FromMilliseconds(ms + 1) });
        return Simulation.Outcome.WithoutException();
    }

    public decimal Metric(string name)
    {
        MetricList metrics = new();
        Host.AddMetrics(metrics, Duration.FromMilliseconds(1));
        return metrics.InOrderOfName().Single(metric => metric.Name == name).Value;
    }

    public void Dispose() => Simulation.Dispose();

    public void OnBioEnd(Bio bio)
    {
        Took.Add((Simulation.NowPicoseconds - bio.SubmittedAt.Picoseconds) / 1_000_000m);
        Errors += bio.Error == Errno.Success ? 0 : 1;
    }

    private async Process EndAsync(int ms)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Duration.FromMilliseconds(ms));
    }

    private async Process FreeAsync(decimal at, bool isTaken)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(new Duration((long)(at * 1_000_000)));
        if (isTaken)
        {
            Assert.True(Kernel.Memory.TryTake(Gfp.Atomic));
        }
        else
        {
            Kernel.Memory.Give();
        }
    }

    private async Process IoAsync(decimal at, string? key, int cpu, bool isWrite)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(new Duration((long)(at * 1_000_000)));
        Bio bio = new(this);
        bio.Begin(cpu * 1_000_000L, DataSize.FromKibibytes(4), isWrite, cpu, Simulation.Now);
        bio.Crypt = key is null ? null : new BioCryptContext(Key(key), new DataUnitNumber((ulong)cpu * 1000));
        await Host.SubmitAsync(bio);
    }

    private async Process EvictAsync(decimal at, string key)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(new Duration((long)(at * 1_000_000)));
        VirtualTime begin = Simulation.Now;
        await Host.Profile.EvictAsync(Key(key));
        Took.Add((Simulation.NowPicoseconds - begin.Picoseconds) / 1_000_000m);
    }
}

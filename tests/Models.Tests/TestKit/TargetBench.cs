using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A dm-crypt target on a ring, over a device that writes down what it is given; bios are submitted by hand.</summary>
internal sealed class TargetBench : IDisposable, IBioOwner
{
    private readonly RingBench _bench;
    private readonly Dictionary<Bio, string> _names = [];

    public TargetBench(JobRingOptions ring, DmCryptOptions target, int cpus = 4, Duration latency = default, CryptoProvider? driver = null)
    {
        _bench = new RingBench(ring, cpus);
        Below = new RecordingDevice(_bench.Kernel, latency);
        Target = new DmCryptTarget(_bench.Kernel, "dm-0", "kcryptd", target, driver ?? _bench.Cipher, Below);
    }

    public string EndIo => "bio_endio";

    public Simulation Simulation => _bench.Simulation;

    public JobRing Ring => _bench.Ring;

    public CaamCipher Cipher => _bench.Cipher;

    public DmCryptTarget Target { get; }

    public RecordingDevice Below { get; }

    public IReadOnlyList<Simulator.Recording.TraceEvent> Trace => _bench.Trace;

    /// <summary>Ends of bios in their order, e.g. <c>a 0@12.5</c>: name, error, [us].</summary>
    public List<string> Ended { get; } = [];

    public void Write(string name, long atNs, long sector, long bytes, int cpu = 0) => Submit(name, atNs, sector, bytes, isWrite: true, cpu);

    public void Read(string name, long atNs, long sector, long bytes, int cpu = 0) => Submit(name, atNs, sector, bytes, isWrite: false, cpu);

    public void At(long nanoseconds, Action action) => _bench.At(nanoseconds, action);

    public Outcome Run() => _bench.Run();

    public void OnBioEnd(Bio bio) => Ended.Add(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{_names[bio]} {(bio.Error == Errno.Success ? "0" : bio.Error.ToString())}@{Simulation.Now.Nanoseconds / 1000m:0.###}"));

    public void Dispose() => _bench.Dispose();

    private void Submit(string name, long atNs, long sector, long bytes, bool isWrite, int cpu)
    {
        Bio bio = new(this);
        _names.Add(bio, name);
        bio.SetNumber(_names.Count);
        Simulation.Spawn("submitter", SubmitLater(bio, Duration.FromNanoseconds(atNs), sector, new DataSize(bytes), isWrite, cpu));
    }

    private async Process SubmitLater(Bio bio, Duration delay, long sector, DataSize size, bool isWrite, int cpu)
    {
        _bench.Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(delay);
        bio.Begin(sector, size, isWrite, cpu, Simulation.Now);
        await Target.SubmitAsync(bio);
    }
}

/// <summary>Ends every bio after a latency, in softirq, with the error it is told.</summary>
internal sealed class RecordingDevice(LinuxKernel kernel, Duration latency) : IBlockDevice
{
    public string Name => "below";

    /// <summary>What came, e.g. <c>W 8+16@12.5</c>: direction, sector, sectors, [us].</summary>
    public List<string> Log { get; } = [];

    /// <summary>Error with which a bio ends, by its first sector.</summary>
    public Dictionary<long, Errno> Errors { get; } = [];

    public Operation SubmitAsync(Bio bio)
    {
        Log.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(bio.IsWrite ? 'W' : 'R')} {bio.Sector}+{bio.Size.Bytes / 512}@{kernel.Simulation.Now.Nanoseconds / 1000m:0.###}"));
        kernel.Simulation.Spawn("below", End(bio));
        return Operation.Completed;
    }

    private async Process End(Bio bio)
    {
        kernel.Enter(CpuContext.Softirq);
        await kernel.Simulation.Delay(latency);
        bio.End(Errors.GetValueOrDefault(bio.Sector));
    }
}

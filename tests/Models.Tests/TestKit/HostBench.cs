using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A host with keyslots; bios are submitted by hand.</summary>
internal sealed class HostBench : IDisposable, IBioOwner
{
    private static readonly DataSize Unit = DataSize.FromKibibytes(4);
    private readonly KeyRing _keys = new();

    public HostBench(InlineCryptoHostOptions options, int cpus = 4)
    {
        Kernel = new LinuxKernel(Simulation, cpus);
        Host = new InlineCryptoHost(Kernel, "ufs0", options, new RandomSource(1).Stream("ufs0.latency"));
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public InlineCryptoHost Host { get; }

    /// <summary>Bios that have ended.</summary>
    public int Ended { get; private set; }

    public string EndIo => "bio_endio";

    /// <summary>A bio of one unit of 4KiB; null: not encrypted.</summary>
    public Bio Bio(long unit, string? key, bool isWrite = false, int cpu = 0)
    {
        Bio bio = new(this);
        bio.Begin(unit * 8, Unit, isWrite, cpu, VirtualTime.Zero);
        bio.Crypt = key is null ? null : new BioCryptContext(_keys.Get(key, Unit), new DataUnitNumber((ulong)unit));
        return bio;
    }

    /// <summary>A task that submits bios one after the other, in a plug if it is to be.</summary>
    public void Submit(long atUs, params Bio[] bios) => Simulation.Spawn("task", SubmitLater(atUs, bios, null));

    public void SubmitPlugged(long atUs, params Bio[] bios) => Simulation.Spawn("task", SubmitLater(atUs, bios, new Models.BlkMq.Plug()));

    /// <summary>Runs for a second.</summary>
    public Outcome Run()
    {
        Simulation.Spawn("bench", Wait());
        Assert.Equal(RunState.Ended, Simulation.Run(new RunLimits { EventsPerInstantLimit = 10_000 }));
        return Simulation.Outcome.WithoutException();
    }

    public void OnBioEnd(Bio bio) => Ended++;

    public void Dispose() => Simulation.Dispose();

    private async Process SubmitLater(long atUs, Bio[] bios, Models.BlkMq.Plug? plug)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * atUs);
        foreach (Bio bio in bios)
        {
            bio.Plug = plug;
            await Host.SubmitAsync(bio);
        }

        await (plug?.FlushAsync() ?? Operation.Completed);
    }

    private async Process Wait() => await Simulation.Delay(Duration.FromSeconds(1));
}

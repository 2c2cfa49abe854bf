using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A job alone on a bench: its bios go to a device that notes them and ends them after a while.</summary>
internal sealed class JobBench : IBlockDevice
{
    private readonly Simulation _simulation;
    private readonly Duration _latency;
    private readonly Duration _submission;   // the submitting task sleeps so long

    public JobBench(JobOptions options, Duration latency, Duration submission = default, Duration hop = default)
    {
        (_simulation, _latency, _submission) = (new Simulation(), latency, submission);
        LinuxKernel kernel = new(_simulation, 4) { Costs = new CostOptions { Hop = hop } };
        Group = new JobGroup(kernel, "fio", this, options, new RandomSource(1), new LatencyRecorder("fio", Duration.Zero, null, 0), Ring);
        Outcome = _simulation.Run();
        _simulation.Dispose();
    }

    public string Name => "sda";

    public KeyRing Ring { get; } = new();

    public JobGroup Group { get; }

    public Outcome Outcome { get; }

    /// <summary>What was submitted, in order.</summary>
    public List<Noted> Bios { get; } = [];

    public async Operation SubmitAsync(Bio bio)
    {
        Bios.Add(new Noted(_simulation.Now.Nanoseconds, _simulation.CurrentProcess.Name, bio.Sector, bio.Size.Bytes, bio.Crypt?.Key, bio.Crypt?.Dun ?? default));
        await _simulation.Delay(_submission);
        _simulation.Spawn("device", EndAsync(bio));
    }

    private async Process EndAsync(Bio bio)
    {
        await _simulation.Delay(_latency);
        bio.End(Errno.Success);
    }

    /// <summary>A bio as it was submitted.</summary>
    public sealed record Noted(decimal At, string Process, long Sector, long Bytes, BlkCryptoKey? Key, DataUnitNumber Dun)
    {
        /// <summary>Data units of it.</summary>
        public ulong Units => (ulong)(Bytes / Key!.DataUnitSize.Bytes);
    }
}

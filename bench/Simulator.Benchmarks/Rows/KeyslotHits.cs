using CryptoSim.Models;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>KEYSLOT-HITS: 4 KiB random reads, 32 in flight, each under one of 32 keys that stay in the 32 slots of a host, no trace. One operation is one request.</summary>
/// <param name="design">When the request takes its slot.</param>
public sealed class KeyslotHits(NoKeyslot design) : IWorkload
{
    private const int EventsAtOnce = 16_384;

    private readonly Machine _machine = Machine.Build(
        new MachineOptions
        {
            Hardware = new HardwareOptions { Devices = [new NamedPart<DeviceOptions>("ufs0", Host(design))] },
            Workload = [new NamedPart<WorkloadOptions>("randread", Job)],
        },
        new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(8_000_000), KeepCheckpoints = false });

    private static JobOptions Job => new()
    {
        Device = "ufs0",
        Rw = Rw.Randread,
        Iodepth = 32,
        NumberIos = int.MaxValue,
        Keys = new KeysOptions { Count = 32, Zipf = 1.0m },
    };

    private static InlineCryptoOptions Host(NoKeyslot design) => new()
    {
        Keyslots = 32,
        NoKeyslot = design,
        Latency = new UniformDuration(Duration.FromMicroseconds(80), Duration.FromMicroseconds(120)),   // bounded, so that histograms do not grow
    };

    public long Run(long operations)
    {
        long before = _machine.Devices[0].Finished;
        while (_machine.Devices[0].Finished - before < operations)
        {
            _machine.Run(EventsAtOnce);
        }

        return _machine.Devices[0].Finished - before;
    }
}

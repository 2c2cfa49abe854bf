using CryptoSim.Models;
using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>DM-CRYPT-RING: 4 KiB random writes, 32 in flight, through dm-crypt and a job ring with every cost at its default, no trace. One operation is one 512-byte crypto request.</summary>
public sealed class DmCryptRing : IWorkload
{
    private const int EventsAtOnce = 16_384;

    private readonly Machine _machine = Machine.Build(
        new MachineOptions
        {
            Hardware = new HardwareOptions
            {
                Devices =
                [
                    new NamedPart<DeviceOptions>("jr0", Ring),
                    new NamedPart<DeviceOptions>("null0", new NullDeviceOptions()),
                ],
            },
            Stack = [new NamedPart<StackOptions>("dm-0", new DmCryptOptions { Engine = "jr0", Below = "null0" })],
            Workload = [new NamedPart<WorkloadOptions>("randwrite", Job)],
        },
        new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(8_000_000), KeepCheckpoints = false });

    private static JobRingOptions Ring => new()
    {
        WhenFull = WhenFull.Backlog,
        Setup = new ConstantDuration(Duration.FromMicroseconds(1)),
        Bandwidth = new Bandwidth(500L << 20),
    };

    private static JobOptions Job => new() { Device = "dm-0", Rw = Rw.Randwrite, Iodepth = 32, NumberIos = int.MaxValue };

    public long Run(long operations)
    {
        long before = _machine.Ciphers[0].Submitted;
        while (_machine.Ciphers[0].Submitted - before < operations)
        {
            _machine.Run(EventsAtOnce);
        }

        return _machine.Ciphers[0].Submitted - before;
    }
}

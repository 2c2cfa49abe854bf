using CryptoSim.Models;
using CryptoSim.Models.Block;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>DM-CRYPT-WRITE: 4 KiB random writes, 32 in flight, through the whole default write path with a synchronous cipher and 4 KiB sectors, no trace. One operation is one bio.</summary>
public sealed class DmCryptWrite : IWorkload
{
    private const int EventsAtOnce = 16_384;

    private readonly Machine _machine = Machine.Build(
        new MachineOptions
        {
            Hardware = new HardwareOptions
            {
                Devices =
                [
                    new NamedPart<DeviceOptions>("aesni", new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020 }),
                    new NamedPart<DeviceOptions>("null0", new NullDeviceOptions()),
                ],
            },
            Stack = [new NamedPart<StackOptions>("dm-0", Target)],
            Workload = [new NamedPart<WorkloadOptions>("randwrite", Job)],
        },
        new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(8_000_000), KeepCheckpoints = false });

    private static DmCryptOptions Target => new() { Engine = "aesni", Below = "null0", SectorSize = DataSize.FromKibibytes(4) };

    private static JobOptions Job => new() { Device = "dm-0", Rw = Rw.Randwrite, Iodepth = 32, NumberIos = int.MaxValue };

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

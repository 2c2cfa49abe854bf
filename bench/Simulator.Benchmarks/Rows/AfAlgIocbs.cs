using CryptoSim.Models;
using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Options;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>AF-ALG: 8 KiB IOCBs of symbolic data, 16 in flight on one operation socket, no trace. One operation is one IOCB: sendmsg, io_submit, areq, build, ring, engine, interrupt, write-back, callback, event.</summary>
/// <param name="serialize">What AF_ALG does with IOCBs in flight.</param>
/// <param name="dependency">What the driver does with them.</param>
public sealed class AfAlgIocbs(Serialize serialize, Dependency dependency) : IWorkload
{
    private const int EventsAtOnce = 16_384;

    private readonly Machine _machine = Machine.Build(
        new MachineOptions
        {
            Hardware = new HardwareOptions { Cpus = 2, Devices = [new NamedPart<DeviceOptions>("eng0", Engine(dependency))] },
            Workload = [new NamedPart<WorkloadOptions>("aio", Aio(serialize))],
        },
        new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(8_000_000), KeepCheckpoints = false });

    private static AfAlgOptions Aio(Serialize serialize) => new()
    {
        Engine = "eng0",
        Iodepth = 16,
        NumberIos = int.MaxValue,
        Serialize = serialize,
        Content = Content.Symbolic,
    };

    private static CbcEngineOptions Engine(Dependency dependency) => new()
    {
        Engines = 4,
        BuildMap = Duration.FromMicroseconds(12),
        Dependency = dependency,
        Setup = new ConstantDuration(Duration.FromMicroseconds(4)),
        Bandwidth = new Bandwidth(600 << 20),
        Interrupt = new InterruptOptions { Latency = Duration.FromMicroseconds(6) },
    };

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

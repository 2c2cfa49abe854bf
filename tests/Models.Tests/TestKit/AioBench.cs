using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>Machines with an engine whose jobs take 10us and an af-alg on it, where nothing else takes time unless it is given.</summary>
internal static class AioBench
{
    public static readonly AfAlgOptions Aio = SocketBench.Timed(new AfAlgOptions { Engine = "eng0", Bs = new DataSize(16) });

    public static Machine Build(AfAlgOptions aio, CbcEngineOptions? engine = null, KernelVersion version = KernelVersion.V618, int traceKept = 0, ulong seed = 1)
    {
        MachineOptions options = new()
        {
            Kernel = version,
            Hardware = new HardwareOptions { Cpus = 4, Devices = [new("eng0", engine ?? SocketBench.Engine())] },
            Workload = [new("aio", aio)],
        };
        Assert.Empty(MachineValidator.Validate(options));
        return Machine.Build(options, new MachineRunOptions { Seed = seed, TimeLimit = Duration.FromSeconds(1000), TraceKept = traceKept, BiosKept = 100 });
    }

    public static MachineResult Run(AfAlgOptions aio, CbcEngineOptions? engine = null, KernelVersion version = KernelVersion.V618, int traceKept = 0, ulong seed = 1)
    {
        using Machine machine = Build(aio, engine, version, traceKept, seed);
        Assert.True(machine.Run());
        return machine.Result();
    }
}

using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A user of AF_ALG on an engine for chained modes whose times are those of Scenarios/Library/kcapi-d2.yaml.</summary>
internal static class AfAlgScene
{
    public const string Key = "8d7dd9b0170ce0b5f2f8e1aa768e01e91da8bfc67fd486d081b28254c99eb423";
    public const string Iv = "7fbc02ebf5b93322329df9bfccb635af";
    public const string Block = "48981da18e4bb9ef7e2e3162d16b1910";

    /// <summary>E1 to E4 of the facts: each is the block encrypted from the one before, the first from the IV.</summary>
    public static readonly IReadOnlyList<string> Chain =
        ["8b19050f66582cb7f7e4b6c873819b71", "08afa0eaa7de29bac7d903576b674c32", "f1dafa33d7ef55067d929407a50cefc4", "9170f4e5276cbbc56a697ab8bbfb4016"];

    /// <summary>An engine that is much slower than the building of a request.</summary>
    public static CbcEngineOptions Slow => new()
    {
        BuildMap = Duration.FromMicroseconds(12),
        Setup = Scene.Service(Duration.FromMicroseconds(30)),
        Bandwidth = new Bandwidth(600L << 20),
        Interrupt = new() { Latency = Duration.FromMicroseconds(4) },
    };

    /// <summary>An engine that has done a request, its interrupt included, before the next is built.</summary>
    public static CbcEngineOptions Fast => Slow with { Setup = Scene.Service(Duration.FromMicroseconds(3)) };

    public static KcapiOptions Kcapi => new() { Engine = "eng0" };

    public static MachineResult Run(WorkloadOptions user, CryptoDeviceOptions? engine = null, Action<AfAlgGroup>? look = null)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = 2, Devices = [new("eng0", engine ?? Slow)] },
            Workload = [new NamedPart<WorkloadOptions>("aio", user)],
        };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(10), TraceKept = 0, BiosKept = 0, StepsKept = 0 });
        Assert.True(machine.Run());
        look?.Invoke((AfAlgGroup)machine.Workloads[0]);
        return machine.Result();
    }

    /// <summary>What it put out, in hexadecimal digits; empty for nothing.</summary>
    public static string Hex(this MachineResult result) => result.Outputs.SingleOrDefault()?.Hex ?? "";

    public static string Depths(this MachineResult result) => result.Outputs.Single().Depths;

    public static byte[] Bytes(this MachineResult result) => Convert.FromHexString(result.Hex());
}

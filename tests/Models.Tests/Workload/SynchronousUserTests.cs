using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>A user of the crypto API on a cipher that works in the call: it spends the CPU time itself.</summary>
public sealed class SynchronousUserTests
{
    [Theory]
    [InlineData(1, 1, 10, 1_000)]
    [InlineData(2, 1, 20, 2_000)]   // two users share one CPU
    [InlineData(2, 2, 10, 1_000)]
    public void It_is_as_fast_as_its_CPU(int users, int cpus, int microseconds, int latency)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = cpus, Devices = [new("cipher", new SoftwareCipherOptions { Bandwidth = new Bandwidth(4_096_000_000) })] },
            Workload = [new("user", new SingleRequestOptions { Engine = "cipher", Numjobs = users, NumberIos = 10 })],
        };
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(1) });
        Assert.True(machine.Run());
        MachineResult result = machine.Result();

        Assert.Equal((microseconds, latency), (result.End.AtPicoseconds / 1_000_000, result.Metric("user.latency.max")));
        Assert.Equal(1, result.Metric("cpu.busy"));
    }
}

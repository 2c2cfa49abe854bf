using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;

namespace CryptoSim.Models.Tests.Ciphers;

/// <summary>One synchronous caller moves what was measured for 4096-byte messages, one in flight (ME-D).</summary>
public sealed class SynchronousThroughputTests
{
    [Theory]
    [InlineData(CipherCpu.EmeraldRapidsVaes, 16171)]
    [InlineData(CipherCpu.EmeraldRapidsGeneric, 305)]
    [InlineData(CipherCpu.Imx8mNanoCe, 647)]
    public void A_caller_that_waits_for_each_message_gets_the_published_rate(CipherCpu cpu, int megabytes)
    {
        MachineResult result = Run(new SoftwareCipherOptions { Cpu = cpu }, numjobs: 1);

        Assert.InRange(result.Metric("messages.bandwidth") / 1_000_000m, megabytes * 0.999m, megabytes * 1.001m);
        Assert.Equal(1000, result.Metric("aes.calls"));
        Assert.Equal(4_096_000, result.Metric("aes.bytes"));
    }

    [Fact]
    public void Callers_on_one_CPU_share_it()
    {
        MachineResult result = Run(new SoftwareCipherOptions { Cpu = CipherCpu.EmeraldRapidsGeneric }, numjobs: 4);

        Assert.InRange(result.Metric("messages.bandwidth") / 1_000_000m, 304.5m, 305.5m);
        Assert.Equal(1m, result.Metric("cpu.process"));
    }

    private static MachineResult Run(SoftwareCipherOptions cipher, int numjobs)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = 1, Devices = [new("aes", cipher)] },
            Workload = [new("messages", new SingleRequestOptions { Engine = "aes", NumberIos = 1000 / numjobs, Numjobs = numjobs })],
        };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1 });
        Assert.True(machine.Run());
        return machine.Result();
    }
}

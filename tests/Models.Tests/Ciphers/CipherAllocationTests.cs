using CryptoSim.Models.Ciphers;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Ciphers;

public sealed class CipherAllocationTests
{
#if DEBUG
    private const double Most = 500;   // [B] a Debug build makes every state machine an object of its own
#else
    private const double Most = 0.3;   // [B] for each request: lists that grow once in a while
#endif

    [Theory]
    [InlineData("aesni", Rw.Randwrite)]
    [InlineData("xts-aesni", Rw.Randwrite)]
    [InlineData("xts-aesni", Rw.Randrw)]     // some go through cryptd
    [InlineData("cryptd", Rw.Randwrite)]
    public void In_steady_state_a_request_costs_no_allocation(string engine, Rw rw)
    {
        MachineOptions options = new()
        {
            Kernel = KernelVersion.V69,
            Hardware = new HardwareOptions
            {
                Cpus = 2,
                Devices =
                [
                    new("aesni", new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020 }),
                    new("cryptd", new CryptdOptions { Child = "aesni", MaxCpuQlen = 4 }),
                    new("xts-aesni", new SimdOptions { Cryptd = "cryptd" }),
                    new("sda", new CryptoSim.Models.Block.NvmeOptions { Latency = new ConstantDuration(Scene.Us * 10), Bandwidth = new Bandwidth(4_000_000_000) }),
                ],
            },
            Stack = [new("dm-0", new DmCryptOptions { Engine = engine, Below = "sda", NoReadWorkqueue = true })],
            Workload = [new("fio", Scene.Write("4KiB", number: 1_000_000, iodepth: 16, numjobs: 2) with { Rw = rw })],
        };
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(10_000), BiosKept = 0 });
        machine.Run(maxEvents: 600_000);
        long requests = machine.Ciphers.Sum(cipher => cipher.Submitted);
        long before = GC.GetAllocatedBytesForCurrentThread();
        machine.Run(maxEvents: 300_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        requests = machine.Ciphers.Sum(cipher => cipher.Submitted) - requests;

        Assert.True(requests > 10_000, $"{requests} requests");
        Assert.InRange((double)allocated / requests, 0, Most);
    }
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Ciphers;

/// <summary>A write that kcryptd encrypts and reads that softirq decrypts meet on the only CPU, in every order.</summary>
public sealed class SimdExplorationTests
{
    [Theory]
    [InlineData(KernelVersion.V511)]
    [InlineData(KernelVersion.V618)]
    public void Reads_in_softirq_and_a_write_end_whatever_section_they_interrupt(KernelVersion kernel)
    {
        ExplorationResult result = Explore(Machine(kernel, "xts-aesni", EnqueueGuard.BottomHalvesOff));

        Assert.Null(result.Found);
        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    [Theory]
    [InlineData(KernelVersion.V511, "xts-aesni", "DM-B16")]   // a read interrupts the write's section and goes to cryptd
    [InlineData(KernelVersion.V618, "xts-aesni", null)]       // it waits for the end of the section
    [InlineData(KernelVersion.V511, "proxy", null)]           // it is done in C
    public void Without_a_callback_an_inline_request_fails_only_where_some_order_sends_it_to_cryptd(KernelVersion kernel, string engine, string? rule)
    {
        MachineOptions options = Machine(kernel, engine, EnqueueGuard.BottomHalvesOff);
        DmCryptOptions target = (DmCryptOptions)options.Stack[0].Options with { InlineRequest = InlineRequest.NoCallback };
        options = options with { Stack = [new("dm-0", target)] };
        ExplorationResult result = Explore(options);

        Assert.Equal(rule, result.Rule);
        Assert.Equal(rule is null ? ExplorationVerdict.Proved : ExplorationVerdict.Failed, result.Verdict);
        using Machine machine = Models.Machine.Build(options, new MachineRunOptions { Seed = 1 });
        Assert.True(machine.Run());
        Assert.Equal("completed", machine.DescribeEnd().Ends);   // an ordinary run never meets it
    }

    [Fact]
    public void An_enqueue_that_softirq_interrupts_loses_a_read_in_some_order()
    {
        ExplorationResult result = Explore(Machine(KernelVersion.V511, "cryptd", EnqueueGuard.PreemptionOff));

        Assert.Equal(("fault", "DM-B15"), (result.Found, result.Rule));
    }

    [Fact]
    public void With_bottom_halves_off_no_order_loses_one()
    {
        ExplorationResult result = Explore(Machine(KernelVersion.V511, "cryptd", EnqueueGuard.BottomHalvesOff));

        Assert.Null(result.Found);
        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    private static ExplorationResult Explore(MachineOptions options) =>
        ExploredMachine.Explore(options, new ExplorationOptions { StateLimit = 400_000 });

    private static MachineOptions Machine(KernelVersion kernel, string engine, EnqueueGuard guard)
    {
        MachineOptions options = new()
        {
            Kernel = kernel,
            Hardware = new HardwareOptions
            {
                Cpus = 1,
                Devices =
                [
                    new("aesni", new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020 }),
                    new("cryptd", new CryptdOptions { Child = "aesni", MaxCpuQlen = 1, EnqueueGuard = guard }),
                    new("xts-aesni", new SimdOptions { Cryptd = "cryptd" }),
                    new("generic", new SoftwareCipherOptions { Cpu = CipherCpu.EmeraldRapidsGeneric }),
                    new("proxy", new XtsProxyOptions { Simd = "aesni", Generic = "generic" }),
                    new("sda", new NvmeOptions { Latency = new ConstantDuration(Scene.Us * 10), Bandwidth = new Bandwidth(1_000_000_000) }),
                ],
            },
            Stack = [new("dm-0", new DmCryptOptions { Engine = engine, Below = "sda", NoReadWorkqueue = true, SectorSize = Scene.Size("4KiB") })],
            Workload =
            [
                new("writer", Scene.Write("4KiB")),
                new("reader", Scene.Write("4KiB") with { Rw = Rw.Read }),
            ],
        };
        Assert.Empty(MachineValidator.Validate(options));
        return options;
    }
}

using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Ciphers;

public sealed class SimdCipherTests
{
    private static readonly CryptoDeviceOptions[] Wrapper =
    [
        new SoftwareCipherOptions { Bandwidth = new Bandwidth(1_000_000_000), UsesSimd = true },   // 1us for 1000 bytes
        new CryptdOptions { Child = "d0", Wakeup = Duration.FromMicroseconds(5) },
        new SimdOptions { Cryptd = "d1" },
    ];

    private static CipherBench Bench(KernelVersion version = KernelVersion.V69, int cpus = 1) => new(cpus, version, Wrapper);

    [Fact]
    public void A_task_encrypts_in_its_call()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 2, 1000);
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal(["r1 -> 0@1000", "r2 -> 0@2000"], bench.Log);
        Assert.All(bench.Requests, request => Assert.Empty(request.Callbacks));
    }

    [Fact]
    public void A_softirq_that_interrupts_an_idle_CPU_encrypts_in_its_call()
    {
        using CipherBench bench = Bench();
        bench.Call("softirq", 0, CpuContext.Softirq, 1, 1000);
        bench.Run();

        Assert.Equal(["r1 -> 0@1000"], bench.Log);
    }

    [Fact]
    public void A_softirq_that_interrupts_a_kernel_FPU_section_goes_to_cryptd()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000);
        Assert.Equal(End.Completed, bench.Run().End);

        // cryptd/0 is awake at 5.5us.
        Assert.Equal(["r2 -> EINPROGRESS@500", "r1 -> 0@1000", "r2 0"], bench.Log);
        Assert.Equal([6_500m], bench.Requests[1].Times);
        Assert.Equal((1L, 1L), (((SimdCipher)bench.Cipher).Inline, ((SimdCipher)bench.Cipher).ViaCryptd));
    }

    [Fact]
    public void The_section_of_a_task_that_still_waits_for_its_CPU_is_none_yet()
    {
        using CipherBench bench = Bench();
        bench.At(0, () => bench.Kernel.Simulation.Spawn("other", Slice(bench.Kernel, 3)));
        bench.Call("task", 1, CpuContext.Process, 1, 1000);      // runs from 3us to 4us
        bench.Call("early", 2_000, CpuContext.Softirq, 1, 100);   // 0.1us, so from 3.1us to 4.1us
        bench.Call("late", 3_500, CpuContext.Softirq, 1, 100);
        bench.Run();

        Assert.Equal(["r2 -> 0@2100", "r3 -> EINPROGRESS@3500", "r1 -> 0@4100", "r3 0"], bench.Log);
    }

    [Fact]
    public void An_interrupt_that_pushes_a_section_back_leaves_it_active_until_its_end()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.At(0, () => bench.Kernel.Simulation.Spawn("irq", Interrupt(bench.Kernel, 500, 2_000)));
        bench.Call("softirq", 2_900, CpuContext.Softirq, 1, 1000);
        bench.Run();

        Assert.Equal(["r2 -> EINPROGRESS@2900", "r1 -> 0@3000", "r2 0"], bench.Log);
    }

    [Fact]
    public void The_section_of_another_CPU_does_not_matter()
    {
        using CipherBench bench = Bench(cpus: 2);
        bench.Call("task", 0, CpuContext.Process, 1, 1000, cpu: 1);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000, cpu: 0);
        bench.Run();

        Assert.Equal(["r1 -> 0@1000", "r2 -> 0@1500"], bench.Log);
    }

    [Fact]
    public void In_atomic_context_nobody_overtakes_what_waits_in_cryptd()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000);
        bench.Call("later", 3_000, CpuContext.Softirq, 1, 1000);   // SIMD is usable again, r2 still in cryptd
        bench.Run();

        Assert.Equal(["r2 -> EINPROGRESS@500", "r1 -> 0@1000", "r3 -> EINPROGRESS@3000", "r2 0", "r3 0"], bench.Log);
    }

    [Fact]
    public void A_task_overtakes_what_waits_in_cryptd()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000);
        bench.Call("task2", 3_000, CpuContext.Process, 1, 1000);
        bench.Run();

        Assert.Equal(["r2 -> EINPROGRESS@500", "r1 -> 0@1000", "r3 -> 0@4000", "r2 0"], bench.Log);
    }

    [Fact]
    public void The_kworkers_own_section_sends_softirqs_to_cryptd_as_well()
    {
        using CipherBench bench = Bench();
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000);   // its turn: 5.5us to 6.5us
        bench.Call("later", 6_000, CpuContext.Softirq, 1, 1000);
        bench.Run();

        Assert.Equal(["r2 -> EINPROGRESS@500", "r1 -> 0@1000", "r3 -> EINPROGRESS@6000", "r2 0", "r3 0"], bench.Log);
    }

    [Fact]
    public void Since_6_15_SIMD_is_usable_in_every_softirq()
    {
        using CipherBench bench = Bench(KernelVersion.V618);
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 1, 1000);
        bench.Run();

        Assert.Equal(["r2 -> 0@1500", "r1 -> 0@2000"], bench.Log);
    }

    [Theory]
    [InlineData(KernelVersion.V69, "softirq@500")]
    [InlineData(KernelVersion.V618, "softirq@1000")]
    public void Since_6_15_a_softirq_waits_for_the_end_of_the_section(KernelVersion version, string expected)
    {
        using CipherBench bench = Bench(version);
        List<string> log = [];
        Raised work = new(bench.Kernel, log);
        _ = bench.Kernel.Softirqs;
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.At(500, () => bench.Kernel.Softirqs.Raise(0, work));
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal([expected], log);
    }

    [Fact]
    public void The_proxy_does_in_C_what_interrupts_a_section_and_never_queues()
    {
        using CipherBench bench = new(1, KernelVersion.V58,
            Wrapper[0], new SoftwareCipherOptions { Bandwidth = new Bandwidth(50_000_000) }, new XtsProxyOptions { Simd = "d0", Generic = "d1" });
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 500, CpuContext.Softirq, 2, 1000);
        Assert.Equal(End.Completed, bench.Run().End);

        // 1us with SIMD, 20us in C; the section is active all the while, and both of the softirq's requests meet it.
        Assert.Equal(["r2 -> 0@20500", "r3 -> 0@40500", "r1 -> 0@41000"], bench.Log);
        Assert.Equal((1L, 2L), (((XtsProxy)bench.Cipher).WithSimd, ((XtsProxy)bench.Cipher).InC));
    }

    private static async Process Slice(LinuxKernel kernel, long microseconds)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Cpus.RunOnAsync(0, Duration.FromMicroseconds(microseconds));
    }

    private static async Process Interrupt(LinuxKernel kernel, long at, long cost)
    {
        kernel.Enter(CpuContext.Hardirq);
        await kernel.Simulation.Delay(Duration.FromNanoseconds(at));
        await kernel.Cpus.InterruptAsync(0, Duration.FromNanoseconds(cost));
    }

    private sealed class Raised(LinuxKernel kernel, List<string> log) : SoftirqWork
    {
        public override Operation RunAsync()
        {
            log.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"softirq@{kernel.Simulation.Now.Nanoseconds:0}"));
            return Operation.Completed;
        }
    }
}

using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Block;

public sealed class BlockInterruptTests : IDisposable, IBioOwner
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];
    private LinuxKernel _kernel = null!;

    public string EndIo => "bio_endio";

    public void Dispose() => _simulation.Dispose();

    void IBioOwner.OnBioEnd(Bio bio) => _log.Add(string.Create(
        CultureInfo.InvariantCulture, $"{_kernel.Context} cpu{_kernel.CurrentCpu} irqs {(_kernel.IrqsDisabled ? "off" : "on")} in_interrupt {_kernel.InInterrupt} @{_simulation.Now.Nanoseconds / 1000m:0.##}"));

    private Outcome Read(BlockInterruptOptions? interrupt, CostOptions? costs = null, bool nvme = true, int bios = 1)
    {
        _kernel = new LinuxKernel(_simulation, 4) { Costs = costs ?? new CostOptions() };
        Bandwidth endless = new(1L << 60);
        BlockDevice device = nvme
            ? new NvmeDevice(_kernel, "nvme0n1", new NvmeOptions { Latency = Scene.Service(Scene.Us * 10), Bandwidth = endless, Interrupt = interrupt }, new RandomSource(1).Stream("l"))
            : new NullDevice(_kernel, "nullb0", new NullDeviceOptions { Interrupt = interrupt });
        _simulation.Spawn("submitter", Submit(device, bios));
        return _simulation.Run();
    }

    private async Process Submit(BlockDevice device, int bios)
    {
        _kernel.Enter(CpuContext.Process);
        for (int i = 0; i < bios; i++)
        {
            Bio bio = new(this);
            bio.Begin(i * 8, new DataSize(4096), isWrite: false, cpu: 2, _simulation.Now);
            await device.SubmitAsync(bio);
        }

        await _simulation.Delay(Scene.Us * 1000);
    }

    [Theory]
    [InlineData(BioEnd.Softirq, "Softirq cpu2 irqs on in_interrupt True @10")]
    [InlineData(BioEnd.Hardirq, "Hardirq cpu2 irqs off in_interrupt True @10")]
    [InlineData(BioEnd.IrqsOff, "IrqsOff cpu2 irqs off in_interrupt False @10")]
    public void A_bio_ends_in_the_context_of_the_interrupt_on_the_submitters_CPU(BioEnd context, string expected)
    {
        Read(new BlockInterruptOptions { Context = context });

        Assert.Equal([expected], _log);
    }

    [Fact]
    public void Without_interrupt_it_ends_in_softirq_of_no_CPU()
    {
        Read(null);

        Assert.Equal(["Softirq cpu-1 irqs on in_interrupt True @10"], _log);
    }

    [Fact]
    public void The_interrupt_may_have_a_CPU_of_its_own()
    {
        Read(new BlockInterruptOptions { Cpu = 7 });

        Assert.Equal(["Softirq cpu3 irqs on in_interrupt True @10"], _log);
    }

    [Fact]
    public void Entering_the_interrupt_is_paid_once_and_each_bio_by_itself()
    {
        Read(new BlockInterruptOptions { Cost = Scene.Us * 3 }, new CostOptions { Hardirq = Scene.Us, Softirq = Scene.Us * 2 }, bios: 2);

        Assert.Equal(["@16", "@19"], _log.Select(line => line[line.IndexOf('@', StringComparison.Ordinal)..]));   // 10 + 1 + 2 + 3, + 3
    }

    [Fact]
    public void A_device_without_latency_can_have_an_interrupt_too()
    {
        Read(new BlockInterruptOptions { Context = BioEnd.Hardirq }, nvme: false);

        Assert.Equal(["Hardirq cpu2 irqs off in_interrupt True @0"], _log);
    }

    [Theory]
    [InlineData(BioEnd.Softirq)]
    [InlineData(BioEnd.IrqsOff)]
    public void What_a_bios_end_has_run_next_runs_before_the_next_bio_ends(BioEnd context)
    {
        _kernel = new LinuxKernel(_simulation, 4);
        Continuing owner = new(this);
        NullDevice device = new(_kernel, "nullb0", new NullDeviceOptions { Interrupt = new BlockInterruptOptions { Context = context } });
        _simulation.Spawn("submitter", owner.Submit(device));
        _simulation.Run();

        Assert.Equal(["end", $"continued in {context} on cpu2", "end", $"continued in {context} on cpu2"], _log);
    }

    private sealed class Continuing(BlockInterruptTests test) : IBioOwner
    {
        public string EndIo => "crypt_endio";

        public void OnBioEnd(Bio bio)
        {
            test._log.Add("end");
            Assert.True(test._kernel.RunNext(new Continuation(test)));
        }

        public async Process Submit(BlockDevice device)
        {
            test._kernel.Enter(CpuContext.Process);
            for (int i = 0; i < 2; i++)
            {
                Bio bio = new(this);
                bio.Begin(i * 8, new DataSize(4096), isWrite: false, cpu: 2, test._simulation.Now);
                await device.SubmitAsync(bio);
            }

            await test._simulation.Delay(Scene.Us);
        }
    }

    private sealed class Continuation(BlockInterruptTests test) : BhWork
    {
        public override Operation RunAsync()
        {
            test._log.Add($"continued in {test._kernel.Context} on cpu{test._kernel.CurrentCpu}");
            return Operation.Completed;
        }
    }
}

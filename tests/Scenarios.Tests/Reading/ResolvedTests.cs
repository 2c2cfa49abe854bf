using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>The resolved text is the scenario: reading it gives the same machine.</summary>
public class ResolvedTests
{
    public static TheoryData<string> Library => [.. Repository.Library.Select(p => Path.GetFileName(p)!)];

    [Theory]
    [MemberData(nameof(Library))]
    public void Every_scenario_of_the_library_reads_back_equal(string file)
    {
        Scenario scenario = ScenarioReader.Read(Path.Combine(Repository.Root, "Scenarios", "Library", file)).Scenario!;
        Scenario again = Samples.Read(scenario.ResolvedYaml());
        Assert.Equal(scenario.ResolvedYaml(), again.ResolvedYaml());
        Assert.Equal(scenario.Base.Hardware.Devices, again.Base.Hardware.Devices);
        Assert.Equal(scenario.Base.Stack, again.Base.Stack);
        Assert.Equal(scenario.Sha256(), again.Sha256());
        Assert.Equal(scenario.Between.Select(c => c.Text), again.Between.Select(c => c.Text));
        Assert.Equal(scenario.ResolvedYaml(), Samples.Read(scenario.ResolvedYaml(annotate: true)).ResolvedYaml());
    }

    [Fact]
    public void Costs_memory_interrupts_and_a_load_read_back_equal()
    {
        const string Text = """
            scenario: contexts
            about: a busy machine that is short of memory
            hardware:
              cpus: 2
              costs: { hop: 3us, hardirq: 1us }
              memory: { free: 1MiB, kthreads: none }
              sda: { model: disk, latency: 90us, bandwidth: 200MiB/s, interrupt: { context: irqs-off, cpu: 1, cost: 2us } }
            workload:
              job: { device: sda, number_ios: 7 }
              load: { model: cpu-load, utilization: 80, granularity: 500us, nice: 10 }
            """;
        Scenario scenario = Samples.Read(Text);
        HardwareOptions hardware = scenario.Base.Hardware;

        Assert.Equal(Duration.FromMicroseconds(3), hardware.Costs!.Hop);
        Assert.Equal((DataSize.FromMebibytes(1), Kthreads.None), (hardware.Memory!.Free, hardware.Memory.Kthreads));
        Assert.Equal(new BlockInterruptOptions { Context = BioEnd.IrqsOff, Cpu = 1, Cost = Duration.FromMicroseconds(2) }, ((DiskOptions)hardware.Devices[0].Options).Interrupt);
        Assert.Equal(scenario.ResolvedYaml(), Samples.Read(scenario.ResolvedYaml()).ResolvedYaml());
        Assert.Equal(scenario.ResolvedYaml(), Samples.Read(scenario.ResolvedYaml(annotate: true)).ResolvedYaml());
    }

    [Theory]
    [InlineData("", "", "5.67us", "5.67us")]
    [InlineData("costs: { hop: 3us }", "", "3us", "3us")]
    [InlineData("costs: { hop: 3us }", ", wakeup: 1us", "1us", "3us")]
    [InlineData("costs: { softirq: 1us }", "", "5.67us", "5.67us")]
    public void The_hop_of_the_machine_is_the_wake_up_of_parts_that_set_none(string costs, string wakeup, string target, string engine)
    {
        Scenario scenario = Samples.Read($$"""
            scenario: hops
            about: one number for all threads
            hardware:
              {{costs}}
              jr0: { model: caam-jr, setup: 2us, bandwidth: 1GiB/s }
              null0: { model: null }
            stack:
              dm-0: { model: dm-crypt, engine: jr0, below: null0{{wakeup}} }
            workload:
              job: { device: dm-0, number_ios: 7 }
            """);
        Assert.Equal(target, ((DmCryptOptions)scenario.Base.Stack[0].Options).Wakeup.ToExactString());
        Assert.Equal(engine, ((JobRingOptions)scenario.Base.Hardware.Devices[0].Options).EngineWakeup.ToExactString());
        Assert.Equal(scenario.ResolvedYaml(), Samples.Read(scenario.ResolvedYaml()).ResolvedYaml());
    }

    [Fact]
    public void Any_machine_reads_back_equal()
    {
        Gen<string> texts =
            from depth in Gen.Elements(4, 8, 64, 512)
            from full in Gen.Elements("backlog", "drop-request", "reject")
            from setup in Gen.Elements("8us", "exponential(80us)", "lognormal(median=8us p99=20us)", "uniform(10us 20us)", "1.234567ms", "1ps")
            from bandwidth in Gen.Choose(1, int.MaxValue)
            from latency in Gen.Choose(0, 1_000_000)
            from split in Gen.Elements("bs: 4KiB", "bssplit: 4KiB/60:64KiB/40", "bs: 1.5KiB")
            from coalesce in Gen.Elements("", ", coalesce: { count: 8, timer: 100us }", ", coalesce: {}", ", coalesce: null")
            select $$"""
                scenario: any
                about: "quotes \" and: colons, # hashes"
                hardware:
                  jr0: { model: caam-jr, depth: {{depth}}, when_full: {{full}}, setup: {{setup}}, bandwidth: {{bandwidth}}B/s, interrupt: { latency: {{latency}}ps }{{coalesce}} }
                  null0: { model: null }
                stack:
                  dm-0: { model: dm-crypt, engine: jr0, below: null0 }
                workload:
                  job: { device: dm-0, {{split}}, number_ios: 7 }
                """;
        Properties.Hold(texts, text =>
        {
            Scenario once = Samples.Read(text);
            Scenario again = Samples.Read(once.ResolvedYaml());
            return once.ResolvedYaml() == again.ResolvedYaml()
                && once.Base.Hardware.Devices.SequenceEqual(again.Base.Hardware.Devices)
                && once.About == again.About;
        });
    }

    [Fact]
    public void A_variant_at_a_point_is_a_scenario_of_its_own()
    {
        Scenario scenario = Samples.Read(Samples.Sweep);
        SweepPoint point = scenario.Sweep.Points()[1];
        Scenario alone = Samples.Read(scenario.ResolvedYaml(scenario.Variants[1], point));
        Assert.Empty(alone.Variants);
        Assert.Equal(8, ((JobOptions)alone.Base.Workload[0].Options).Iodepth);
        Assert.Equal(scenario.Resolve(scenario.Variants[1], point).Stack, alone.Base.Stack);
    }

    [Fact]
    public void An_annotated_scenario_says_of_every_default_where_it_comes_from()
    {
        string text = Samples.Read(Samples.Small).ResolvedYaml(annotate: true);
        Assert.Contains("depth: 512                              # default: CONFIG_CRYPTO_DEV_FSL_CAAM_RINGSIZE 9 (DM-J1)", text, StringComparison.Ordinal);
        Assert.Contains("# when_full: backlog ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("setup: 8us  ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_does_not_change_the_hash_and_a_value_does()
    {
        string hash = Samples.Read(Samples.Small).Sha256();
        Assert.Equal(hash, Samples.Read("# story\n" + Samples.Small).Sha256());
        Assert.NotEqual(hash, Samples.Read(Samples.Small, "jr0.depth=8").Sha256());
        Assert.Equal(64, hash.Length);
    }

    [Fact]
    public void Every_default_is_a_value_that_can_be_written()
    {
        MachineOptions machine = Samples.Read(Samples.Read(Samples.Small).ResolvedYaml()).Base;
        Assert.Equal(new JobRingOptions { Setup = ((JobRingOptions)machine.Hardware.Devices[0].Options).Setup, Bandwidth = new(120 << 20) }, machine.Hardware.Devices[0].Options);
    }
}

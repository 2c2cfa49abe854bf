using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Tests.Reading;

public class VariantTests
{
    [Fact]
    public void A_variant_changes_its_paths_and_nothing_else()
    {
        Scenario scenario = Samples.Read(Samples.Deadlock);
        MachineOptions machine = scenario.Resolve(scenario.FindVariant("caam-4.1-worked-around"), SweepPoint.Origin);
        Assert.Equal(Ring(scenario.Base) with { WhenFull = WhenFull.DropRequest }, Ring(machine));
        Assert.Equal(Crypt(scenario.Base) with { Submit = Submit.WaitEveryRequest }, Crypt(machine));
        Assert.Equal(scenario.Base.Workload, machine.Workload);
    }

    [Fact]
    public void A_path_may_lead_below_a_key_that_was_left_out()
    {
        Scenario scenario = Samples.Read(Samples.Deadlock.Replace("{ jr0.when_full: backlog }", "{ jr0.coalesce.count: 8, jr0.interrupt.latency: 5us }"));
        JobRingOptions ring = Ring(scenario.Resolve(scenario.FindVariant("caam-fixed"), SweepPoint.Origin));
        Assert.Equal(new CoalesceOptions { Count = 8 }, ring.Coalesce);
        Assert.Equal("5us", ring.Interrupt.Latency.ToExactString());
    }

    [Fact]
    public void A_value_is_taken_away_with_null()
    {
        Scenario scenario = Samples.Read(Samples.Small.Replace("setup: 8us", "setup: 8us, coalesce: { count: 8 }") + "\nvariants: { off: { jr0.coalesce: null }, on: {} }");
        Assert.Null(Ring(scenario.Resolve(scenario.FindVariant("off"), SweepPoint.Origin)).Coalesce);
        Assert.NotNull(Ring(scenario.Resolve(scenario.FindVariant("on"), SweepPoint.Origin)).Coalesce);
    }

    [Fact]
    public void A_whole_part_may_be_replaced()
    {
        Scenario scenario = Samples.Read(Samples.Deadlock.Replace("{ jr0.when_full: backlog }", "{ sda: { model: null } }"));
        Assert.Contains("model: \"null\"", scenario.ResolvedYaml(scenario.FindVariant("caam-fixed"), SweepPoint.Origin).Replace("model: null", "model: \"null\""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_may_change_what_the_kernel_costs_and_how_short_memory_is()
    {
        Scenario scenario = Samples.Read(Samples.Small + "\nvariants: { a: { hardware.costs.hop: 3us, hardware.memory.free: 8KiB } }");
        HardwareOptions hardware = scenario.ResolveRun(scenario.Variants[0], SweepPoint.Origin).Machine.Hardware;
        Assert.Equal(("3us", "8KiB"), (hardware.Costs!.Hop.ToExactString(), hardware.Memory!.Free!.Value.ToExactString()));
    }

    [Fact]
    public void A_variant_may_change_seed_and_watchdog()
    {
        Scenario scenario = Samples.Read(Samples.Small + "\nvariants: { a: { seed: 7, time_limit: 3s, hardware.cpus: 2 } }");
        ResolvedRun run = scenario.ResolveRun(scenario.Variants[0], SweepPoint.Origin);
        Assert.Equal((7UL, "3s", 2), (run.Header.Seed, run.Header.TimeLimit.ToExactString(), run.Machine.Hardware.Cpus));
    }

    [Theory]
    [InlineData("jr0.dept: 4", "there is no key 'dept' in jr0 (caam-jr); did you mean 'jr0.depth'?")]
    [InlineData("jr0.interrupt.latncy: 4us", "there is no key 'latncy' in jr0.interrupt; did you mean 'jr0.interrupt.latency'?")]
    [InlineData("jr0.depth.x: 4", "jr0.depth is a power of two from 4 to 512; there is nothing below it")]
    [InlineData("jr1.depth: 4", "there is no path 'jr1.depth'; did you mean 'jr0.depth'?")]
    [InlineData("hardware.jr0.depth: 4", "there is no path 'hardware.jr0.depth'; did you mean 'jr0.depth'?")]
    [InlineData("hardware.cpu: 4", "there is no path 'hardware.cpu'; did you mean 'hardware.cpus'?")]
    [InlineData("hardware.memory.fre: 4MiB", "there is no key 'fre' in hardware.memory; did you mean 'hardware.memory.free'?")]
    [InlineData("hardware.costs.hopp: 4us", "there is no key 'hopp' in hardware.costs; did you mean 'hardware.costs.hop'?")]
    [InlineData("hardware.cpus.hop: 4us", "hardware.cpus is a count from 1 to 1024; there is nothing below it")]
    [InlineData("timelimit: 4s", "there is no path 'timelimit'; did you mean 'time_limit'?")]
    [InlineData("replicate: 4", "'replicate' is the same for every run of a scenario")]
    [InlineData("jr0.model: disk", "jr0.model decides which keys there are; give the whole part: jr0: { model: ..., ... }")]
    [InlineData("nothing.at.all: 4", "there is no path 'nothing.at.all'; a path begins with the name of a part: jr0, user")]
    public void A_path_that_does_not_exist_is_an_error_at_its_place(string setting, string message) =>
        Assert.Equal(["s.yaml:6:18: " + message], Samples.Errors(Samples.Small + "\nvariants: { a: { " + setting + " } }"));

    [Fact]
    public void A_bad_value_of_a_variant_is_reported_where_the_variant_gives_it() => Assert.Equal(
        ["s.yaml:6:29: jr0.depth: '5' is not a power of two; depth is a power of two from 4 to 512"],
        Samples.Errors(Samples.Small + "\nvariants: { a: { jr0.depth: 5 }, b: { jr0.depth: 8 } }"));

    [Fact]
    public void Every_and_between_name_no_variant() => Assert.Equal(
        ["s.yaml:6:13: 'every' cannot name a variant: the word has a meaning in expect"], Samples.Errors(Samples.Small + "\nvariants: { every: {} }"));

    private static JobRingOptions Ring(MachineOptions machine) => (JobRingOptions)machine.Hardware.Devices[0].Options;

    private static DmCryptOptions Crypt(MachineOptions machine) => (DmCryptOptions)machine.Stack[0].Options;
}

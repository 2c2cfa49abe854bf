using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

public class ExploreTargetTests
{
    private const string Sized = Samples.Deadlock + "\nexplore: { set: { writer.size: 8KiB, jr0.when_full: reject } }";

    [Fact]
    public void The_size_of_an_exploration_comes_after_the_variant()
    {
        ExploreTarget target = ExploreTarget.Of(Samples.Read(Sized), ["caam-fixed"], fullSize: false).Single();

        Assert.Equal(("caam-fixed", "writer.size=8KiB jr0.when_full=reject"), (target.Variant, target.Size));
        Assert.Equal(DataSize.FromKibibytes(8), Job(target).Size);
        Assert.Contains("when_full: reject", target.ResolvedYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_full_size_is_the_one_of_a_run()
    {
        Scenario scenario = Samples.Read(Sized);
        ExploreTarget target = ExploreTarget.Of(scenario, ["caam-fixed"], fullSize: true).Single();

        Assert.Equal("", target.Size);
        Assert.Equal(scenario.ResolvedYaml(scenario.FindVariant("caam-fixed"), SweepPoint.Origin), target.ResolvedYaml());
    }

    [Fact]
    public void An_assignment_of_the_command_line_comes_last_and_is_part_of_the_size()
    {
        ExploreTarget target = ExploreTarget.Of(Samples.Read(Sized, "writer.size=4KiB"), ["caam-4.1"], fullSize: false).Single();

        Assert.Equal(DataSize.FromKibibytes(4), Job(target).Size);
        Assert.Equal("jr0.when_full=reject writer.size=4KiB", target.Size);
    }

    [Fact]
    public void A_swept_scenario_is_explored_at_its_first_point()
    {
        string text = Samples.Sweep.Replace(", randwrite.iodepth: 1 }", " }", StringComparison.Ordinal);
        ExploreTarget target = ExploreTarget.Of(Samples.Read(text), ["revert"], fullSize: false).Single();

        Assert.Equal((1, 2), (Job(target).Iodepth, Job(target).NumberIos));
    }

    [Fact]
    public void A_resolved_scenario_keeps_the_block_word_for_word()
    {
        string resolved = Samples.Read(Sized).ResolvedYaml();

        Assert.Equal(resolved, Samples.Read(resolved).ResolvedYaml());
        Assert.Contains("set: { writer.size: 8KiB, jr0.when_full: reject }", resolved, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user: { model: crypto-wait-req, engine: jr0, runtime: 1ms }", "user ends by runtime alone, and exploring untimed has no clock: give it a number, e.g. explore: { set: { user.number_ios: 2 } } or --set user.number_ios=2")]
    [InlineData("user: { device: sda, size: 4KiB, runtime: 1ms }", "user ends by runtime alone")]
    [InlineData("user: { device: sda, size: 4KiB, rate_iops: 100 }", "user is paced by rate_iops, and exploring untimed has no clock: take it away with explore: { set: { user.rate_iops: null } } or --set user.rate_iops=null")]
    [InlineData("{ user: { model: cpu-load, utilization: 50 }, job: { device: sda, size: 4KiB } }", "user takes CPU time by the clock, and exploring untimed has no clock: leave it out, every order is explored anyway")]
    public void A_workload_that_needs_the_clock_is_refused_with_what_to_set(string user, string message)
    {
        Scenario scenario = Samples.Read(WithUser(user));

        var refusal = Assert.Throws<NotExplorableException>(() => new ScenarioExplorer(scenario, new ScenarioExplorerOptions()));
        Assert.StartsWith("s.yaml: " + message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user: { model: crypto-wait-req, engine: jr0, runtime: 1ms, number_ios: 1 }")]
    [InlineData("user: { device: sda, size: 4KiB }")]
    public void A_workload_with_a_number_is_explored(string user) =>
        Assert.Single(new ScenarioExplorer(Samples.Read(WithUser(user)), new ScenarioExplorerOptions()).Targets);

    [Theory]
    [InlineData("user.number_ios=2")]
    [InlineData("user.runtime=null user.number_ios=2")]
    public void What_the_refusal_says_to_set_helps(string set)
    {
        Scenario scenario = Samples.Read(WithUser("user: { model: crypto-wait-req, engine: jr0, runtime: 1ms }"), set.Split(' '));

        Assert.Single(new ScenarioExplorer(scenario, new ScenarioExplorerOptions()).Targets);
    }

    [Fact]
    public void With_the_clock_running_a_runtime_ends_a_workload() => Assert.Single(new ScenarioExplorer(
        Samples.Read(WithUser("user: { model: crypto-wait-req, engine: jr0, runtime: 1ms }")), new ScenarioExplorerOptions { Mode = ExplorationMode.Timed }).Targets);

    private static JobOptions Job(ExploreTarget target) => (JobOptions)target.Resolved.Machine.Workload[0].Options;

    private static string WithUser(string user) => $$"""
        scenario: small
        hardware:
          jr0: { model: caam-jr, setup: 8us, bandwidth: 120MiB/s }
          sda: { model: disk, latency: 90us, bandwidth: 200MiB/s }
        workload:
          {{user}}
        """;
}

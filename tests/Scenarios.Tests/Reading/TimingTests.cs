using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>The block that gives the first steps of a run.</summary>
public sealed class TimingTests
{
    private static ScenarioReadResult Read(string timing) => ScenarioReader.ReadText(Samples.Deadlock + "\n\n" + timing + "\n", "test.yaml");

    [Fact]
    public void Each_step_is_a_process_with_its_instant()
    {
        Scenario scenario = Read("timing:\n  - kcryptd/0: 0ns\n  - jr0/deco0: 1.5us\n  - \"kcryptd/0~2\": 1.5us").Scenario!;
        IReadOnlyList<RealisedStep> steps = scenario.ResolveRun(scenario.Variants[0], scenario.Sweep.Points()[0]).Timing;
        Assert.Equal([new("kcryptd/0", VirtualTime.Zero), new("jr0/deco0", new VirtualTime(1_500_000)), new("kcryptd/0~2", new VirtualTime(1_500_000))], steps);
    }

    [Fact]
    public void The_resolved_scenario_keeps_it()
    {
        string resolved = Read("timing:\n  - kcryptd/0: 0ns\n  - jr0/deco0: 1.5us").Scenario!.ResolvedYaml();
        Assert.Contains("timing:\n  - { kcryptd/0: 0ns }\n  - { jr0/deco0: 1.5us }\n", resolved, StringComparison.Ordinal);
        Assert.Equal(resolved, ScenarioReader.ReadText(resolved, "resolved").Scenario!.ResolvedYaml());
    }

    [Fact]
    public void A_scenario_without_it_takes_its_ordinary_course()
    {
        Scenario scenario = ScenarioReader.ReadText(Samples.Deadlock, "test.yaml").Scenario!;
        Assert.Empty(scenario.ResolveRun(scenario.Variants[0], scenario.Sweep.Points()[0]).Timing);
    }

    [Theory]
    [InlineData("timing: soon", "timing is a single value; it is a list of steps, for example [kcryptd/0: 380ns]")]
    [InlineData("timing: [soon]", "a single value in timing; a step is a process with its instant, for example kcryptd/0: 380ns")]
    [InlineData("timing: [{ a: 1ns, b: 2ns }]", "keys with values in timing; a step is a process with its instant, for example kcryptd/0: 380ns")]
    [InlineData("timing: [{ a: 1ns }, { b: 999ps }]", "timing: 999ps is before the step in front of it, at 1ns")]
    public void What_is_not_a_step_is_one_line_of_error(string timing, string message)
    {
        ScenarioError error = Assert.Single(Read(timing).Errors);
        Assert.Equal(message, error.Message);
        Assert.True(error.Line > 0);
    }

    [Fact]
    public void An_instant_has_a_unit() => Assert.StartsWith("timing: '12' ", Assert.Single(Read("timing: [{ a: 12 }]").Errors).Message, StringComparison.Ordinal);
}

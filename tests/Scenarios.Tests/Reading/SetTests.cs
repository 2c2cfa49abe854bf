using CryptoSim.Models.Caam;

namespace CryptoSim.Scenarios.Tests.Reading;

public class SetTests
{
    [Fact]
    public void An_assignment_comes_last_over_base_and_variants()
    {
        Scenario scenario = Samples.Read(Samples.Deadlock, "jr0.when_full=reject", "jr0.depth=8");
        foreach (Variant variant in scenario.Variants)
        {
            JobRingOptions ring = (JobRingOptions)scenario.Resolve(variant, SweepPoint.Origin).Hardware.Devices[0].Options;
            Assert.Equal((WhenFull.Reject, 8), (ring.WhenFull, ring.Depth));
        }
    }

    [Fact]
    public void An_assignment_follows_a_variant_that_replaces_the_whole_part()
    {
        string text = Samples.Small + "\nvariants: { a: { jr0: { model: caam-jr, setup: 1us, bandwidth: 1GiB/s } } }";
        Scenario scenario = Samples.Read(text, "jr0.setup=2us");
        Assert.Equal("2us", ((JobRingOptions)scenario.Resolve(scenario.Variants[0], SweepPoint.Origin).Hardware.Devices[0].Options).Setup.ToExactString());
    }

    [Fact]
    public void An_assignment_to_a_swept_path_takes_the_place_of_its_values()
    {
        Assert.Equal(["randwrite.iodepth=2"], Samples.Read(Samples.Sweep, "randwrite.iodepth=2").Sweep.Points().Select(p => p.ToString()));
        Assert.Equal(2, Samples.Read(Samples.Sweep, "randwrite.iodepth=[2, 64]").Sweep.Points().Count);
    }

    [Fact]
    public void An_assignment_to_a_path_of_the_exploration_s_size_comes_after_it()
    {
        Scenario scenario = Samples.Read(Samples.Deadlock + "\nexplore: { set: { writer.size: 8KiB, writer.bs: 1KiB } }", "writer.size=4KiB");
        Assert.Equal(["writer.bs=1KiB"], scenario.Explore!.Set.Select(s => s.ToString()));
        Assert.Equal(["writer.bs=1KiB"], Samples.Read(scenario.ResolvedYaml()).Explore!.Set.Select(s => s.ToString()));
    }

    [Fact]
    public void What_was_set_is_in_the_resolved_scenario_and_needs_no_setting_again()
    {
        Scenario set = Samples.Read(Samples.Sweep, "randwrite.iodepth=2", "jr0.depth=8", "dm-0.submit=wait-on-busy");
        Assert.Equal(set.ResolvedYaml(), Samples.Read(set.ResolvedYaml()).ResolvedYaml());
    }

    [Theory]
    [InlineData("jr0.dept=4", "--set jr0.dept=4: there is no key 'dept' in jr0 (caam-jr); did you mean 'jr0.depth'?")]
    [InlineData("jr0.depth=-4", "--set jr0.depth=-4: jr0.depth: '-4' is negative; depth is a power of two from 4 to 512")]
    [InlineData("jr0.depth", "--set jr0.depth: is not an assignment; write --set path=value, for example --set jr0.depth=8")]
    [InlineData("=4", "--set =4: is not an assignment; write --set path=value, for example --set jr0.depth=8")]
    [InlineData("nix=4", "--set nix=4: there is no path 'nix'; a path begins with the name of a part: jr0, user")]
    [InlineData("jr0.interrupt={ latency: 1", "--set jr0.interrupt={ latency: 1: '{' opens here and is not closed by '}', or an entry lacks its comma")]
    public void A_wrong_assignment_is_a_mistake_of_the_command_line(string assignment, string message)
    {
        ScenarioError error = ScenarioReader.ReadText(Samples.Small, "s.yaml", [assignment]).Errors.Single();
        Assert.Equal((message, ScenarioErrorKind.Usage), (error.ToString(), error.Kind));
    }

    [Theory]
    [InlineData("caam-4.2", "--variant caam-4.2: no such variant; did you mean 'caam-4.1'?")]
    [InlineData("revert", "--variant revert: no such variant; the variants are caam-4.1, caam-4.1-worked-around, caam-fixed")]
    public void A_variant_that_does_not_exist_is_a_mistake_of_the_command_line(string variant, string message)
    {
        ScenarioError error = ScenarioReader.ReadText(Samples.Deadlock, "s.yaml", variants: [variant]).Errors.Single();
        Assert.Equal((message, ScenarioErrorKind.Usage), (error.ToString(), error.Kind));
    }
}

using CryptoSim.Models.Caam;

namespace CryptoSim.Scenarios.Tests.Reading;

public class SweepTests
{
    private const string Two = Samples.Small + "\nsweep: { jr0.depth: [4, 8], user.numjobs: [1, 2, 3] }";

    [Fact]
    public void Several_paths_give_every_combination_the_last_changing_fastest() => Assert.Equal(
        ["jr0.depth=4 user.numjobs=1", "jr0.depth=4 user.numjobs=2", "jr0.depth=4 user.numjobs=3",
            "jr0.depth=8 user.numjobs=1", "jr0.depth=8 user.numjobs=2", "jr0.depth=8 user.numjobs=3"],
        Samples.Read(Two).Sweep.Points().Select(p => p.ToString()));

    [Fact]
    public void A_point_gives_its_own_machine()
    {
        Scenario scenario = Samples.Read(Two);
        int[] depths = [.. scenario.Sweep.Points().Select(p => ((JobRingOptions)scenario.Resolve(null, p).Hardware.Devices[0].Options).Depth)];
        Assert.Equal([4, 4, 4, 8, 8, 8], depths);
    }

    [Fact]
    public void Without_a_sweep_there_is_one_point_without_coordinates() => Assert.Equal("", Samples.Read(Samples.Small).Sweep.Points().Single().ToString());

    [Theory]
    [InlineData("sweep: { jr0.depth: 8 }", "the sweep of jr0.depth is a single value; it is a list of values, for example [1, 2, 4]")]
    [InlineData("sweep: { jr0.depth: [] }", "the sweep of jr0.depth is an empty list; it is a list of values, for example [1, 2, 4]")]
    [InlineData("sweep: { jr0.depth: [8, 8] }", "'8' stands twice in the sweep of jr0.depth")]
    [InlineData("sweep: { jr0.depth: [8, 9] }", "jr0.depth: '9' is not a power of two; depth is a power of two from 4 to 512")]
    [InlineData("sweep: { jr0.depht: [8] }", "there is no key 'depht' in jr0 (caam-jr); did you mean 'jr0.depth'?")]
    [InlineData("sweep: { jr0.depth: [8] }\nvariants: { a: { jr0.depth: 4 } }", "jr0.depth is also swept; the variant a would have no effect there")]
    [InlineData("sweep: 3", "sweep is a single value; it holds dotted paths, each with a list of values")]
    public void A_mistake_in_a_sweep_is_named(string sweep, string message) =>
        Assert.Contains(Samples.Errors(Samples.Small + "\n" + sweep), e => e.EndsWith(": " + message, StringComparison.Ordinal));

    [Fact]
    public void A_sweep_that_would_never_end_is_refused()
    {
        string values = string.Join(", ", Enumerable.Range(1, 200));
        string sweep = $"\nsweep: {{ user.numjobs: [{values}], user.number_ios: [{values}] }}";
        Assert.Contains(Samples.Errors(Samples.Small + sweep), e => e.EndsWith("sweep gives more than 10000 combinations of values and variants", StringComparison.Ordinal));
    }
}

using System.Xml.Linq;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public sealed class JunitFileTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_broken_variant_is_a_failure_and_one_without_an_answer_is_skipped()
    {
        var open = new ExplorationResult { Verdict = ExplorationVerdict.Bounded, Bound = "10 states" };
        var explored = new ExploredScenario(Explored.Scenario, [.. Explored.Both().Variants, Explored.Variant("caam-fixed", open, ExploreStanding.Unanswered)]);

        JunitFile.Write(explored, _files["junit.xml"], default);

        XElement suite = XDocument.Load(_files["junit.xml"]).Root!;
        Assert.Equal(("tiny", "3", "1", "1"), (suite.Attribute("name")!.Value, suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        XElement[] cases = [.. suite.Elements("testcase")];
        Assert.Equal("FAILED deadlock, DM-C5 at writer.size=4KiB", cases[0].Element("failure")!.Attribute("message")!.Value);
        Assert.Empty(cases[1].Elements());
        Assert.Equal("BOUNDED (10 states) at writer.size=4KiB", cases[2].Element("skipped")!.Attribute("message")!.Value);
    }

    [Fact]
    public void A_message_cannot_break_the_file()
    {
        ExplorationResult hostile = Explored.Hangs with { Message = "]]> <b>\u0001\u001b[31m & \ud800" };

        JunitFile.Write(new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-4.1", hostile, ExploreStanding.Broken)]), _files["junit.xml"], default);

        Assert.Contains("]]> <b>", XDocument.Load(_files["junit.xml"]).Descendants("failure").Single().Value, StringComparison.Ordinal);
    }
}

using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Exploration;
using Xunit;

namespace CryptoSim.Reports.Tests.Exploring;

/// <summary>What other programs read: the Perfetto trace and the JUnit file.</summary>
public sealed class ExplorationFilesTests
{
    [Fact]
    public void Perfetto_shows_the_point_of_no_return_at_its_realised_instant()
    {
        JsonElement mark = Events(CaamExploration.Failing).Single(one => one.GetProperty("name").GetString() == "point of no return: step 6");

        Assert.Equal(("i", "g", "7.19"), (mark.GetProperty("ph").GetString(), mark.GetProperty("s").GetString(), mark.GetProperty("ts").GetRawText()));
        Assert.Equal("virtual time of the realised schedule", Facts(CaamExploration.Failing).GetProperty("time").GetString());
    }

    [Fact]
    public void Perfetto_counts_a_microsecond_for_each_step_of_an_order_that_was_not_realised_and_says_so()
    {
        ExploredVariant explored = Unrealised;
        JsonElement[] steps = [.. Events(explored).Where(one => one.TryGetProperty("dur", out _) && one.GetProperty("pid").GetInt32() == 4)];

        Assert.Equal(Enumerable.Range(1, 18).Select(number => $"{number}"), steps.Select(one => one.GetProperty("ts").GetRawText()));
        Assert.All(steps, one => Assert.Equal("1", one.GetProperty("dur").GetRawText()));
        Assert.StartsWith("not time: one microsecond for each step", Facts(explored).GetProperty("time").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Perfetto_has_a_slice_for_every_step_also_for_one_without_a_trace_event()
    {
        string[] names = [.. Events(CaamExploration.Failing).Where(one => one.GetProperty("pid").GetInt32() == 4 && one.GetProperty("ph").GetString() == "X").Select(one => one.GetProperty("name").GetString()!)];

        Assert.Equal(18, names.Length);
        Assert.Equal("6 kcryptd/0: caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY", names[5]);
        Assert.Equal("7 jr0/deco0: runs", names[6]);
    }

    [Fact]
    public void Perfetto_lets_those_who_hang_sleep_to_the_end()
    {
        JsonElement sleep = Events(Unrealised).Single(one => one.GetProperty("name").GetString() == "sleeps in crypt_convert, never woken");

        Assert.Equal(("6", "13"), (sleep.GetProperty("ts").GetRawText(), sleep.GetProperty("dur").GetRawText()));
    }

    [Fact]
    public void A_variant_that_keeps_its_claim_passes_also_when_the_claim_is_a_deadlock()
    {
        XElement suite = Suite(CaamExploration.All);

        Assert.Equal(("5", "1", "0"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        Assert.Null(Case(suite, "caam-4.1").Element("failure"));
        Assert.StartsWith("DEADLOCK: DM-C5: EBUSY", (string?)Case(suite, "caam-4.1").Element("system-out"), StringComparison.Ordinal);
        Assert.StartsWith("expected explore: proved; found BOUNDED", (string?)Case(suite, "crypto-engine").Element("failure")?.Attribute("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_without_a_claim_fails_when_a_schedule_does_and_tells_how_to_see_it()
    {
        XElement failure = Case(Suite(CaamExploration.Of(CaamExploration.Failing with { AsExpected = null, Expected = "" })), "caam-4.1").Element("failure")!;

        Assert.Equal("deadlock", (string?)failure.Attribute("type"));
        Assert.StartsWith("DEADLOCK: DM-C5: EBUSY to a request with MAY_BACKLOG", (string?)failure.Attribute("message"), StringComparison.Ordinal);
        Assert.Contains("point of no return: step 6  kcryptd/0  caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY  JobRing.cs:97", failure.Value, StringComparison.Ordinal);
        Assert.Contains("./cryptosim replay out/caam-deadlock/caam-4.1.sched", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_without_an_answer_is_an_error_and_a_sample_that_passes_is_not()
    {
        XElement suite = Suite(CaamExploration.Of(new ExploredVariant("bounded", CaamExploration.Bounded), new ExploredVariant("sampled", CaamExploration.Sampled)));

        Assert.Equal("1", (string?)suite.Attribute("errors"));
        Assert.Equal("bounded", (string?)Case(suite, "bounded").Element("error")?.Attribute("type"));
        Assert.StartsWith("SAMPLED: no proof", (string?)Case(suite, "sampled").Element("system-out"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_xml_cannot_hold_still_give_a_document()
    {
        Exploration hostile = HostileExploration.All;
        XElement suite = Suite(hostile with { Scenario = hostile.Scenario + "\ud800" });

        Assert.Equal(2, suite.Elements("testcase").Count());
        Assert.DoesNotContain("<b ", JUnitReport.Render(hostile), StringComparison.Ordinal);
    }

    private static ExploredVariant Unrealised => CaamExploration.Failing with { Result = CaamExploration.Deadlock with { Failure = CaamExploration.Trace with { Realisation = null } } };

    private static XElement Suite(Exploration exploration) => XDocument.Parse(JUnitReport.Render(exploration)).Root!;

    private static XElement Case(XElement suite, string name) => suite.Elements("testcase").Single(one => (string?)one.Attribute("name") == name);

    private static JsonElement[] Events(ExploredVariant explored) => [.. Document(explored).GetProperty("traceEvents").EnumerateArray()];

    private static JsonElement Facts(ExploredVariant explored) => Document(explored).GetProperty("otherData");

    private static JsonElement Document(ExploredVariant explored)
    {
        using var stream = new MemoryStream();
        ExplorationPerfetto.Write(stream, explored);
        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
    }
}

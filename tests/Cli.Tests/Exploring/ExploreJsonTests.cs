using System.Text.Json;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public class ExploreJsonTests
{
    private static readonly string[] Promised =
        ["variant", "verdict", "found", "rule", "trace_steps", "point_of_no_return", "schedules", "states", "states_per_second", "seconds", "peak_bytes"];

    [Fact]
    public void Every_run_has_all_promised_names()
    {
        JsonElement root = Document(Explored.Both());

        Assert.Equal("tiny", root.GetProperty("scenario").GetString());
        Assert.Equal(2, root.GetProperty("runs").GetArrayLength());
        Assert.All(root.GetProperty("runs").EnumerateArray(), run => Assert.Empty(Promised.Except(run.EnumerateObject().Select(p => p.Name))));
    }

    [Fact]
    public void A_failure_has_its_kind_its_rule_its_steps_and_the_point_of_no_return()
    {
        JsonElement run = Document(Explored.Both()).GetProperty("runs")[0];

        Assert.Equal(("FAILED", "deadlock", "DM-C5", 2), (Text(run, "verdict"), Text(run, "found"), Text(run, "rule"), run.GetProperty("trace_steps").GetInt32()));
        JsonElement point = run.GetProperty("point_of_no_return");
        Assert.Equal(["step", "process", "label", "source"], point.EnumerateObject().Select(p => p.Name));
        Assert.Equal((2, "kcryptd/0", "caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY", "JobRing.cs:97"), (point.GetProperty("step").GetInt32(), Text(point, "process"), Text(point, "label"), Text(point, "source")));
        Assert.Equal("ctx->restart", Text(run.GetProperty("blocked")[0], "waits_on"));
    }

    [Fact]
    public void A_proof_has_null_for_what_only_a_failure_has()
    {
        JsonElement run = Document(Explored.Both()).GetProperty("runs")[1];

        Assert.Equal(("PROVED", "writer.size=4KiB"), (Text(run, "verdict"), Text(run, "size")));
        Assert.All(["found", "rule", "trace_steps", "point_of_no_return", "doomed"], name => Assert.Equal(JsonValueKind.Null, run.GetProperty(name).ValueKind));
        Assert.Equal((201, 1234, 2468.0, 0.5, 345_000), (run.GetProperty("schedules").GetInt32(), run.GetProperty("states").GetInt32(), run.GetProperty("states_per_second").GetDouble(), run.GetProperty("seconds").GetDouble(), run.GetProperty("peak_bytes").GetInt32()));
        Assert.Equal(["00ab", "00cd"], run.GetProperty("end_states").EnumerateArray().Select(e => e.GetString()));
    }

    [Theory]
    [InlineData(ExplorationVerdict.Proved, "PROVED")]
    [InlineData(ExplorationVerdict.Covered, "COVERED")]
    [InlineData(ExplorationVerdict.Bounded, "BOUNDED")]
    [InlineData(ExplorationVerdict.Sampled, "SAMPLED")]
    [InlineData(ExplorationVerdict.Failed, "FAILED")]
    public void The_words_of_the_verdicts_are_never_mixed(ExplorationVerdict verdict, string word)
    {
        JsonElement run = Document(Explored.Both(second: new ExplorationResult { Verdict = verdict })).GetProperty("runs")[1];

        Assert.Equal(word, Text(run, "verdict"));
    }

    [Fact]
    public void Each_cell_of_a_grid_has_all_promised_names()
    {
        var cell = new GridCell { Variant = "drop", Contexts = 1, Requests = 2, Depth = 3, Engines = 4, Driver = "drop-request", Submit = "wait-on-busy", LawSaysHangs = false, Result = Explored.Proved };
        var output = new StringWriter();
        GridJson.Write(new ExploredGrid(Explored.Scenario, new GridRanges(), [cell, cell with { Result = Explored.Hangs }], 1), output);
        JsonElement cells = JsonDocument.Parse(output.ToString()).RootElement.GetProperty("cells");

        Assert.Equal(
            ["contexts", "requests", "depth", "engines", "driver", "submit", "verdict", "found"],
            cells[0].EnumerateObject().Select(p => p.Name).Take(8));
        Assert.Equal(("PROVED", JsonValueKind.Null), (Text(cells[0], "verdict"), cells[0].GetProperty("found").ValueKind));
        Assert.Equal(("FAILED", "deadlock"), (Text(cells[1], "verdict"), Text(cells[1], "found")));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement Document(ExploredScenario explored)
    {
        var output = new StringWriter();
        ExploreJson.Write(explored, output);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}

using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public sealed class ExploreFilesTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_failing_variant_leaves_its_schedule_its_trace_and_its_order_in_time_beside_one_page()
    {
        var realisation = new Realisation([new RealisedStep("kcryptd/0", VirtualTime.Zero)], []);
        ExplorationResult failing = Explored.Hangs with { Failure = Explored.Hangs.Failure! with { Realisation = realisation } };

        Exploration exploration = Write(Explored.Both(first: failing));

        string[] written = [.. Directory.EnumerateFiles(_files["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["caam-4.1.perfetto.json", "caam-4.1.repro.yaml", "caam-4.1.sched", "explore.html"], written);
        Assert.Equal(written, ExploreFiles.All(exploration).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(["kcryptd/0", "kcryptd/0"], ScheduleFile.Read(_files["out/caam-4.1.sched"]).Choices);
        Assert.Equal(ExitCode.Success, Command.Run("check", _files["out/caam-4.1.repro.yaml"]).Code);
    }

    [Fact]
    public void An_order_that_was_not_put_in_time_has_no_scenario()
    {
        Write(Explored.Both());

        Assert.False(File.Exists(_files["out/caam-4.1.repro.yaml"]));
        Assert.True(File.Exists(_files["out/caam-4.1.sched"]));
    }

    [Fact]
    public void A_proof_leaves_only_the_page()
    {
        Write(Explored.Both(first: Explored.Proved));

        Assert.Equal("explore.html", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(_files["out"]))));
    }

    [Fact]
    public void The_schedule_that_an_exploration_left_is_tried_first_and_a_damaged_one_is_not()
    {
        Write(Explored.Both());
        ExploreTarget target = Explored.Both().Variants[0].Target;

        Assert.Null(SavedSchedules.Of(Explored.Scenario, null, _files["out"])(target));
        File.WriteAllText(_files["out/caam-4.1.sched"], ScheduleFile.ToText(new Schedule { Variant = "caam-4.1", Choices = ["jr0"] }));
        Assert.Equal(["jr0"], SavedSchedules.Of(Explored.Scenario, null, _files["out"])(target)!.Choices);
        Assert.Null(SavedSchedules.Of(Explored.Scenario, null, _files["none"])(target));
        File.WriteAllText(_files["out/caam-4.1.sched"], "cryptosim-schedule 99");
        Assert.Null(SavedSchedules.Of(Explored.Scenario, null, _files["out"])(target));
    }

    [Fact]
    public void A_schedule_that_is_named_has_to_be_one()
    {
        string file = _files.Write("x.sched", "cryptosim-schedule 99");

        CommandResult result = Command.Run("explore", _files.Write("tiny.yaml", Explored.Text), "--follow", file, "--out", _files["out"]);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.StartsWith(file + ":1:", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files["out"]));
    }

    private Exploration Write(ExploredScenario explored)
    {
        using OutputDirectory output = OutputDirectory.Prepare(_files["out"]);
        Exploration exploration = ExploreFiles.Write(explored, output, files => Explorations.Of(explored, files, "./cryptosim", ["explore", "tiny.yaml"]), default);
        output.Keep();
        return exploration;
    }
}

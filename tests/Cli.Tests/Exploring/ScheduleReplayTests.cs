using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public sealed class ScheduleReplayTests : IDisposable
{
    private const string Law = """
        scenario: law
        workload:
          law: { model: ring-law, contexts: 1, requests: 2, usable: 1, when_full: drop-request }

        """;

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_schedule_replays_on_the_scenario_that_it_names()
    {
        string file = Write(new Schedule { Scenario = _files.Write("law.yaml", Law), Expect = "hung kcryptd/0 @ ctx->restart", Choices = [] });

        CommandResult result = Command.Run("replay", file, "--follow");

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        Assert.Matches(@"^followed: \d+ steps, (hung|completed).*\n$", result.Output);
    }

    [Fact]
    public void A_replay_that_diverges_says_at_which_step_and_returns_4()
    {
        string file = Write(new Schedule { Scenario = _files.Write("law.yaml", Law), Anchors = [new ScheduleAnchor(1, "caam_jr_enqueue(req#7) = 0")] });

        CommandResult result = Command.Run("replay", file);

        Assert.Equal(ExitCode.ReplayDiverged, result.Code);
        Assert.StartsWith("diverged at step 1: expected caam_jr_enqueue(req#7) = 0, got ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_has_changed_is_told_and_can_be_followed()
    {
        string file = Write(new Schedule { Scenario = _files.Write("law.yaml", Law), Sha256 = new string('0', 64) });

        CommandResult result = Command.Run("replay", file);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.EndsWith("describes another machine than the one this schedule was found on; --follow goes along as far as it fits", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Command.Run("replay", file, "--follow").Code);
    }

    [Theory]
    [InlineData("", "names no scenario; write a line 'scenario FILE'")]
    [InlineData("scenario LAW\nset law.contxts=2", "law.contexts")]
    [InlineData("scenario LAW\nvariant gone", "there is no variant 'gone'")]
    [InlineData("nonsense 5", ":2:1: ")]
    public void A_schedule_that_does_not_fit_is_told_in_one_line(string lines, string message)
    {
        string law = _files.Write("law.yaml", Law);
        string file = _files.Write("x.sched", "cryptosim-schedule 1\n" + lines.Replace("LAW", law, StringComparison.Ordinal) + "\n");

        CommandResult result = Command.Run("replay", file);

        Assert.Equal((ExitCode.InvalidInput, ""), (result.Code, result.Output));
        Assert.Contains(message, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_is_not_there_is_told_as_one()
    {
        CommandResult result = Command.Run("replay", _files["none.sched"]);

        Assert.Equal((ExitCode.InvalidInput, $"{_files["none.sched"]}: does not exist"), (result.Code, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public void A_record_cannot_be_followed()
    {
        CommandResult result = Command.Run("replay", _files.Write("x.run", "x"), "--follow");

        Assert.Equal(ExitCode.Usage, result.Code);
    }

    private string Write(Schedule schedule) => _files.Write("x.sched", ScheduleFile.ToText(schedule));
}

namespace CryptoSim.Cli.Tests.Exploring;

public sealed class ExploreUsageTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("--mode timd: not one of untimed, jitter, timed; did you mean 'timed'?", "--mode", "timd")]
    [InlineData("--jitter 101: not a percentage; write a whole number, from 0 to 100", "--jitter", "101")]
    [InlineData("--jitter 0.1: not a percentage; write a whole number, from 0 to 100", "--jitter", "0.1")]
    [InlineData("--seed x: not a seed; write a whole number from 0 to 18446744073709551615", "--seed", "x")]
    [InlineData("--runs -1: not a number of runs; write a whole number, from 0 to 1000000", "--runs=-1")]
    [InlineData("--pct-runs 1e3: not a number of runs; write a whole number, from 0 to 1000000", "--pct-runs", "1e3")]
    [InlineData("--states 0: not a number of states; write a whole number, 1 or more", "--states", "0")]
    [InlineData("--memory 5: has no unit; a size is written with one, such as 4KiB", "--memory", "5")]
    [InlineData("--time 5m: has the unit 'm', which is not one of ps, ns, us, ms, s; did you mean 5ms?", "--time", "5m")]
    [InlineData("--time 0s: is zero; nothing would be explored", "--time", "0s")]
    [InlineData("--jobs 0: not a number of runs; write a whole number from 1 to 1024", "--grid", "--jobs", "0")]
    [InlineData("unknown option '--no-fusion'; did you mean '--no-fuse'?", "--no-fusion")]
    [InlineData("unknown option '--symetry'", "--symetry")]
    [InlineData("--range does nothing without --grid", "--range", "contexts=1")]
    [InlineData("--jobs does nothing without --grid", "--jobs", "2")]
    [InlineData("--runs does nothing with --grid", "--grid", "--runs", "2")]
    [InlineData("--out does nothing with --grid", "--grid", "--out", "x")]
    [InlineData("--full does nothing with --grid", "--grid", "--full")]
    public void A_wrong_flag_is_told_in_one_line_and_returns_2(string message, params string[] flags)
    {
        CommandResult result = Command.Run(["explore", _files.Write("tiny.yaml", Explored.Text), .. flags]);

        Assert.Equal((ExitCode.Usage, ""), (result.Code, result.Output));
        Assert.StartsWith($"cryptosim: {message} (see: cryptosim explore", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("context=1..2: there is no range 'context'; the ranges are contexts, requests, depth, engines", "context=1..2")]
    [InlineData("contexts=2..1: not a range; write NAME=LOW..HIGH with numbers from 1 to 64, for example contexts=1..4", "contexts=2..1")]
    [InlineData("contexts=0..1: not a range; write NAME=LOW..HIGH with numbers from 1 to 64, for example contexts=1..4", "contexts=0..1")]
    [InlineData("contexts: not a range; write NAME=LOW..HIGH with numbers from 1 to 64, for example contexts=1..4", "contexts")]
    [InlineData("65536 configurations; a grid has at most 20000", "contexts=1..16 requests=1..16 depth=1..16 engines=1..16")]
    public void A_wrong_range_is_told_in_one_line_and_returns_2(string message, string range)
    {
        CommandResult result = Command.Run("explore", Path.Combine(Repository.Library, "ring-law.yaml"), "--grid", "--range", range);

        Assert.Equal((ExitCode.Usage, $"cryptosim: --range {message}"), (result.Code, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public void A_grid_needs_the_workload_of_the_law()
    {
        string file = _files.Write("tiny.yaml", Explored.Text);

        CommandResult result = Command.Run("explore", file, "--grid");

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.Equal($"{file}: --grid needs a scenario whose only workload is of the model ring-law, such as Scenarios/Library/ring-law.yaml", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_workload_that_only_the_clock_ends_is_told_with_what_to_set_and_nothing_is_written()
    {
        string file = _files.Write("tiny.yaml", Explored.Text.Replace("size: 16KiB", "runtime: 1ms", StringComparison.Ordinal).Replace("writer.size: 4KiB", "writer.size: 8KiB", StringComparison.Ordinal));

        CommandResult result = Command.Run("explore", file, "--out", _files["out"]);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.StartsWith($"{file}: caam-4.1: writer ends by runtime alone, and exploring untimed has no clock: give it a number", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files["out"]));
    }

    [Theory]
    [InlineData("--variant", "caam-fixd", "--variant caam-fixd: no such variant; did you mean 'caam-fixed'?")]
    [InlineData("--set", "writer.siz=4KiB", "--set writer.siz=4KiB: there is no key 'siz' in writer (fio); did you mean 'writer.size'?")]
    [InlineData("--set", "writer.size=1KiB", "writer.size is 1KiB, less than one I/O of 4KiB")]
    public void What_the_scenario_does_not_have_is_a_mistake_of_the_command_line(string flag, string value, string message)
    {
        CommandResult result = Command.Run("explore", _files.Write("tiny.yaml", Explored.Text), flag, value);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(message, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_before_anything_was_found_it_leaves_nothing_behind()
    {
        var setup = new CommandSetup { Cancellation = new CancellationToken(canceled: true) };

        CommandResult result = Command.Run(setup, "explore", _files.Write("tiny.yaml", Explored.Text), "--out", _files["out"]);

        Assert.Equal((ExitCode.Cancelled, ""), (result.Code, result.Output));
        Assert.Equal("cryptosim: cancelled; nothing half-written was left", Assert.Single(result.ErrorLines));
        Assert.False(Directory.Exists(_files["out"]));
    }
}

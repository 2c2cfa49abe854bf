namespace CryptoSim.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("unknown command 'rnu'; did you mean 'run'?", "rnu", "x")]
    [InlineData("unknown command 'obliterate'", "obliterate")]
    [InlineData("unknown option '--vriant'; did you mean '--variant'?", "run", "a", "--vriant")]
    [InlineData("unknown option '--zzz'", "run", "a", "--zzz")]
    [InlineData("unknown option '--jbos'; did you mean '--jobs'?", "run", "--jbos", "7", "a")]
    [InlineData("unknown option '--jbos'; did you mean '--jobs'?", "run", "--jbos")]
    [InlineData("unknown option '-x'", "report", "a", "-x")]
    [InlineData("unexpected argument 'b'", "run", "a", "b")]
    [InlineData("SCENARIO is missing", "run")]
    [InlineData("RECORD is missing", "replay")]
    [InlineData("RECORD is missing", "report")]
    [InlineData("a command is needed: run, compare, explore, gallery, validate, plan, driver, report, replay, check, list or schema")]
    [InlineData("--jobs 0: not a number of runs; write a whole number from 1 to 1024", "run", "a", "--jobs", "0")]
    [InlineData("--jobs -1: not a number of runs; write a whole number from 1 to 1024", "run", "a", "--jobs=-1")]
    [InlineData("--seed x: not a seed; write a whole number from 0 to 18446744073709551615", "run", "a", "--seed", "x")]
    [InlineData("required argument missing for option: '--out'", "run", "a", "--out")]
    public void A_wrong_command_line_is_told_in_one_line_and_returns_2(string message, params string[] words)
    {
        CommandResult result = Command.Run(words);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("", result.Output);
        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("cryptosim: " + message + " (see: cryptosim", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_starts_with_an_at_sign_is_a_name_and_not_a_file_of_options()
    {
        CommandResult result = Command.Run("replay", "@no-such-file");

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.Equal("@no-such-file: does not exist", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("compare")]
    [InlineData("explore")]
    [InlineData("gallery")]
    [InlineData("plan")]
    [InlineData("report")]
    [InlineData("replay")]
    [InlineData("check")]
    [InlineData("list")]
    [InlineData("schema")]
    public void The_help_of_each_command_ends_with_examples_that_can_be_pasted(string name)
    {
        CommandResult result = Command.Run(name, "--help");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("\nExamples:\n  ./cryptosim " + name, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_names_every_exit_code()
    {
        string help = Command.Run("--help").Output;

        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Matches($@"\b{(int)code} ", help));
    }

    [Fact]
    public void The_version_is_printed_alone()
    {
        CommandResult result = Command.Run("--version");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Output);
    }
}

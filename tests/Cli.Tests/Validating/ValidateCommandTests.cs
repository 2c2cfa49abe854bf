using System.Text.Json;

namespace CryptoSim.Cli.Tests.Validating;

public sealed class ValidateCommandTests
{
    private const string Header = "id,source,kind,platform,kernel,scenario,variant,set,metric,unit,factor,published,pub_sd,tolerance_pct,provenance\n";

    [Fact]
    public void Every_published_row_is_met_and_the_predictions_are_called_so()
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run("validate", "--out", directory["out"], "--quiet");

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        Assert.Contains("41 % apart for reads", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"fit +ME-B6 +fit-inline-read +295\.0 MiB/s +295\.0 MiB/s +0\.0 % +10 % +met", result.Output);
        Assert.Matches(@"predict +server-default +predict-default +29\d\.\d MiB/s +a prediction", result.Output);
        Assert.Matches(@"predict +vm-inline-write +predict-inline-write +297\.7 MiB/s +a prediction", result.Output);
        Assert.Equal(["validation.csv", "validation.html", "validation.json"], Directory.EnumerateFiles(directory["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_is_added_without_code_and_one_that_is_off_fails()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("rows.csv", "# My machine.\n" + Header
            + "reads,,predict,mine,,validation-vm,fit-default-read,,fio.bandwidth,MiB/s,,100,,30,S\n"
            + "half,,predict,mine,,validation-vm,fit-default-read,,fio.bandwidth,B/s,0.5,42_000_000,,10,S\n".Replace("42_000_000", "42000000", StringComparison.Ordinal)
            + "off,,predict,mine,,validation-vm,fit-inline-read,dm-0.map_cost=0ns,fio.bandwidth,MiB/s,,295,,10,S\n"
            + "open,,predict,mine,,validation-vm,predict-both-read,,fio.iops,IOPS,,,,,\n");

        CommandResult result = Command.Run("validate", file, "--out", directory["out"], "--quiet");

        Assert.Equal(("", ExitCode.ClaimBroken), (result.Error, result.Code));
        Assert.StartsWith("My machine.\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"reads +fit-default-read +100\.0 MiB/s +80\.60 MiB/s +-19\.4 % +30 % +met", result.Output);
        Assert.Matches(@"half .* met", result.Output);
        Assert.Matches(@"off +fit-inline-read with dm-0\.map_cost=0ns +295\.0 MiB/s +508\.0 MiB/s +\+72\.2 % +10 % +NOT met", result.Output);
        Assert.Contains("2 of 3 measured predictions met · 1 predictions that nobody has published", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_has_exactly_the_promised_names_and_no_files_are_left()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("rows.csv", Header + "open,,predict,,,validation-vm,fit-raw-read,,fio.iops,IOPS,,,,,\n");

        CommandResult result = Command.Run("validate", file, "--json");

        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(["file", "notes", "failed", "rows"], root.EnumerateObject().Select(p => p.Name));
        JsonElement row = Assert.Single(root.GetProperty("rows").EnumerateArray());
        Assert.Equal(
            ["id", "source", "kind", "platform", "kernel", "scenario", "variant", "set", "metric", "unit", "published", "published_sd", "tolerance_pct", "simulated", "error_pct", "found", "problem", "pass", "provenance"],
            row.EnumerateObject().Select(p => p.Name));
        Assert.Equal(130_048, row.GetProperty("simulated").GetDouble(), 0.1);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("pass").ValueKind);
    }

    [Theory]
    [InlineData("a,,predict,,,validation-vm,fit-raw,,fio.iops,IOPS,,,,,", "a: no variant 'fit-raw'; variants are fit-raw-read, ")]
    [InlineData("a,,predict,,,validation-vm,fit-raw-read,dm-0.map_coost=1ns,fio.iops,IOPS,,,,,", "a: --set dm-0.map_coost=1ns: there is no key 'map_coost' in dm-0 (dm-crypt); did you mean 'dm-0.map_cost'?")]
    [InlineData("a,,predict,,,offload-depth,one-device,,users.iops,IOPS,,,,,", "a: offload-depth is swept; a figure is one of its points, which 'set' names")]
    [InlineData("a,,predict,,,validation-vm,fit-raw-read,,fio.iops,MiB/s,,,,,", "a: the metric is in /s or IOPS or kIOPS; the row has the unit 'MiB/s'")]
    public void A_row_that_cannot_be_simulated_fails_and_says_why(string row, string message)
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run("validate", directory.Write("rows.csv", Header + row + "\n"), "--out", directory["out"], "--quiet");

        Assert.Equal(ExitCode.ClaimBroken, result.Code);
        Assert.Contains("\n" + message, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_wrong_is_told_with_its_lines()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("rows.csv", Header + "a,,fit,,,s,v,,m,,,,,,\nb,,guess,,,s,v,,m,,,,,,\n");

        CommandResult result = Command.Run("validate", file);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.Equal(
            [$"{file}:2: has no published value; only a prediction can do without", $"{file}:3: has the kind 'guess'; there are fit, predict, qualitative, analytic"],
            result.ErrorLines);
        Assert.Equal(ExitCode.InvalidInput, Command.Run("validate", directory["none.csv"]).Code);
        Assert.Equal(ExitCode.InvalidInput, Command.Run("validate", directory.Write("rows2.csv", Header + "a,,predict,,,no-such-scenario,v,,m,,,,,,\n")).Code);
    }
}

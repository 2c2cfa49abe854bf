namespace CryptoSim.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private static readonly string Sweep = Path.Combine(Repository.Library, "revert-vs-wait-every-request.yaml");
    private static readonly string Deadlock = Path.Combine(Repository.Library, "caam-deadlock.yaml");
    private static readonly string[] Small = ["--set", "replicate=3", "--set", "randwrite.runtime=20ms", "--set", "warmup=5ms", "--quiet"];

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_comparison_has_every_row_and_the_ratio_with_its_interval()
    {
        CommandResult result = Command.Run(["compare", Sweep, "--out", _files["out"], .. Small]);

        Assert.Equal("", result.Error);
        Assert.Contains("at randwrite.iodepth=32   mean ± 95 % interval over 3 replications; ratio to revert, paired", result.Output, StringComparison.Ordinal);
        foreach (string row in (string[])["p50", "p90", "p99", "p99.9", "mean", "max", "IOPS", "MiB/s", "jr0 utilization", "jr0 EBUSY"])
        {
            Assert.Matches($@"\n{row} +([\d.,]+ ± [\d.,]+|[-–] )", result.Output);   // a dash: too few bios in 15 ms for that percentile
        }

        Assert.Matches(@"\nIOPS .* \d\.\d+ \(\d\.\d+ to \d\.\d+\)\n", result.Output);
    }

    [Fact]
    public void Under_it_stands_where_the_time_went_for_each_percentile()
    {
        CommandResult result = Command.Run(["compare", Sweep, "--out", _files["out"], .. Small]);

        Assert.Matches(@"\nwhere the time went   mean of the bios around each percentile\n +latency +kcryptd wait +conversion +ring wait +engine +interrupt +wake-up +writer +device\n", result.Output);
        Assert.Matches(@"\np50 +revert +[\d.]+\w+ .*\n +wait-every-request +[\d.]+\w+ ", result.Output);
        Assert.Contains("\np90 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\np99 ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_that_do_not_fit_side_by_side_get_a_table_of_their_own_and_no_cell_is_broken()
    {
        string starvation = Path.Combine(Repository.Library, "keyslot-starvation.yaml");
        string[] shorter = [.. ((string[])["file-a", "file-b", "file-c", "metadata"]).SelectMany(job => (string[])["--set", job + ".runtime=20ms"])];
        CommandResult result = Command.Run(["compare", starvation, "--out", _files["out"], "--set", "replicate=2", "--quiet", .. shorter]);

        string[] first = [.. result.OutputLines.SkipWhile(line => !line.StartsWith("file-a ", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("where ", StringComparison.Ordinal))];
        string[] heads = [.. first.Where(line => line.EndsWith(" ratio", StringComparison.Ordinal))];
        Assert.InRange(heads.Length, 2, 4);
        Assert.Equal(
            ["requeue", "sleep-at-submit", "sleep-at-request", "park", "park-age-limit", "fallback", "sleep-at-submit-16-tags", "sleep-at-request-16-tags"],
            heads.SelectMany(head => head.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => word != "ratio"));
        Assert.Equal(heads.Length, first.Count(line => line.StartsWith("MiB/s ", StringComparison.Ordinal)));
        Assert.DoesNotContain("EBUSY", result.Output, StringComparison.Ordinal);   // nobody asks the crypto API
    }

    [Fact]
    public void The_baseline_is_the_reference_of_the_ratios()
    {
        CommandResult result = Command.Run(["compare", Sweep, "--out", _files["out"], "--baseline", "wait-every-request", .. Small]);

        Assert.Contains("ratio to wait-every-request, paired", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_that_hung_is_no_baseline_and_has_no_ratio()
    {
        CommandResult result = Command.Run("compare", Deadlock, "--out", _files["out"], "--quiet", "--variant", "caam-4.1", "--variant", "caam-fixed");

        Assert.Contains("\nbaseline caam-fixed: the first variant of which every run completed\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"caam-fixed +caam-4\.1 +ratio", result.Output);
        Assert.Matches(@"\nIOPS .* - *\n", result.Output);
    }

    [Fact]
    public void An_unknown_baseline_is_a_mistake_of_the_command_line()
    {
        CommandResult result = Command.Run("compare", Sweep, "--baseline", "revrt");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("cryptosim: --baseline revrt: no such variant; did you mean 'revert'?", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_comparison_leaves_records_tables_figures_one_page_and_the_traces_of_what_hung()
    {
        CommandResult result = Command.Run("compare", Deadlock, "--out", _files["out"], "--quiet");

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        foreach (string name in (string[])["caam-4.1.run", "caam-fixed.run", "summary.csv", "latency.csv", "stages.csv", "report.html", "caam-4.1.blocked.txt", "caam-4.1.perfetto.json", "caam-4.1.trace.txt"])
        {
            Assert.True(File.Exists(Path.Combine(_files["out"], name)), name);
        }

        Assert.NotEmpty(Directory.GetFiles(_files["out"], "*.svg"));
        Assert.Contains("wrote   " + _files["out"] + "/report.html\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("ctx->restart", File.ReadAllText(Path.Combine(_files["out"], "caam-4.1.blocked.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_from_records_has_the_tables_and_figures_of_the_comparison()
    {
        Command.Run("compare", Deadlock, "--out", _files["a"], "--quiet");

        CommandResult result = Command.Run("report", _files["a"], "--out", _files["b"], "--baseline", "caam-4.1");

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        Assert.Equal(Sorted(_files["a"]), Sorted(_files["b"]));
        Assert.Equal(File.ReadAllText(Path.Combine(_files["a"], "sequence-caam-4.1.svg")), File.ReadAllText(Path.Combine(_files["b"], "sequence-caam-4.1.svg")));
    }

    [Fact]
    public void A_cancelled_command_says_so_and_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        CommandResult result = Command.Run(new CommandSetup { Cancellation = cancelled.Token }, "compare", Deadlock, "--out", _files["out"]);

        Assert.Equal((ExitCode.Cancelled, ""), (result.Code, result.Output));
        Assert.Equal("cryptosim: cancelled; nothing half-written was left", Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Path));
    }

    private static IEnumerable<string> Sorted(string directory) =>
        Directory.GetFiles(directory).Select(file => Path.GetFileName(file)).Where(name => name.EndsWith(".svg", StringComparison.Ordinal) || name.EndsWith(".csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_comparison_has_a_page_two_tables_and_a_file_for_each_figure()
    {
        IReadOnlyList<string> written = ReportFolder.Write(_directory["out"], MadeUp.Sweep(replications: 2, bios: 500), [], "cryptosim compare x.yaml");

        string[] names = [.. written.Select(path => Path.GetFileName(path))];
        Assert.All(written, path => Assert.True(new FileInfo(path).Length > 0));
        Assert.Superset(
            new HashSet<string> { "report.html", "summary.csv", "latency.csv", "latency-cdf.svg", "latency-nines.svg", "every-bio.svg", "p99-by-sweep.svg", "iops-by-sweep.svg", "steps-jr0.ring.svg" },
            names.ToHashSet());
    }

    [Fact]
    public void Requests_phase_by_phase_are_a_table_and_a_figure()
    {
        string[] names = [.. ReportFolder.Write(_directory["out"], Timelines.All, [], "c").Select(path => Path.GetFileName(path))];

        Assert.Superset(new HashSet<string> { "phases.csv", "request-timeline.svg" }, names.ToHashSet());
        Assert.Contains("<section id=\"requests\">", File.ReadAllText(_directory["out/report.html"]), StringComparison.Ordinal);
        Assert.DoesNotContain("phases.csv", ReportFolder.Write(_directory["other"], CaamDeadlock.All, [], "c").Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void The_same_records_give_the_same_bytes()
    {
        IReadOnlyList<string> first = ReportFolder.Write(_directory["a"], CaamDeadlock.All, [], "c");
        IReadOnlyList<string> second = ReportFolder.Write(_directory["b"], CaamDeadlock.All, [], "c");

        Assert.Equal(first.Select(File.ReadAllText), second.Select(File.ReadAllText));
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_is_told()
    {
        File.WriteAllText(_directory["out"], "");

        var refusal = Assert.Throws<OutputException>(() => ReportFolder.Write(_directory["out"], CaamDeadlock.All, [], "c"));

        Assert.Equal("it is a file, not a directory", refusal.Reason);
    }

    [Fact]
    public void Names_from_a_record_never_lead_out_of_the_directory()
    {
        RunRecord evil = CaamDeadlock.Deadlock() with
        {
            Identity = MadeUp.Identity("x", "../../evil", []),
            Steps = [CaamDeadlock.Deadlock().Steps[0] with { Name = "../../etc/x" }],
        };

        IReadOnlyList<string> written = ReportFolder.Write(_directory["out"], [evil], [], "c");

        Assert.All(written, path => Assert.Equal(_directory["out"], Path.GetDirectoryName(Path.GetFullPath(path))));
    }
}

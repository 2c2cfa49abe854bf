using System.Globalization;
using System.Text;
using CryptoSim.Reports.Tables;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Tables;

public sealed class TablesTests
{
    [Fact]
    public void The_comparison_has_a_table_for_each_point_and_the_promised_rows()
    {
        IReadOnlyList<ComparisonTable> tables = ComparisonTable.Build(MadeUp.Sweep(replications: 3, bios: 10_000));

        Assert.Equal(MadeUp.Depths.Select(depth => $"randwrite.iodepth={depth}"), tables.Select(table => table.Point.Label));
        Assert.All(tables, table => Assert.Equal(["p50", "p90", "p99", "p99.9", "mean", "max", "IOPS", "MiB/s", "jr0 utilization", "jr0 EBUSY"], table.Rows.Select(row => row.Label)));
        Assert.All(tables, table => Assert.Equal(3, table.Replications));
    }

    [Fact]
    public void Ratios_are_of_each_variant_to_the_first_over_paired_replications()
    {
        ComparisonRow p99 = ComparisonTable.Build(MadeUp.Sweep(replications: 5, bios: 1000))[^1].Rows.Single(row => row.Label == "p99");

        Assert.Null(p99.Ratios[0]);
        Assert.Equal(5, p99.Ratios[1]!.Value.Count);
        Assert.InRange(p99.Ratios[1]!.Value.Mean, 3.5, 4.5);
        Assert.True(p99.Ratios[1]!.Value.Low < p99.Ratios[1]!.Value.Mean);
    }

    [Fact]
    public void A_metric_of_the_run_comes_before_the_histogram()
    {
        RunRecord run = MadeUp.Run("revert", 4, 0, 10_000) with { Metrics = [new Metric("randwrite.latency.p99.9", 123m, "ns"), new Metric("randwrite.latency.p50", 7m, "ns")] };
        ComparisonTable table = ComparisonTable.Build([run]).Single();

        Assert.Equal(123_000, table.Rows.Single(row => row.Label == "p99.9").Cells[0]!.Value.Mean);
        Assert.Equal(7_000, table.Rows.Single(row => row.Label == "p50").Cells[0]!.Value.Mean);
    }

    [Fact]
    public void A_percentile_needs_a_bio_beyond_it_in_each_replication_that_counts()
    {
        RunRecord[] few = [.. Enumerable.Range(0, 3).Select(replication => MadeUp.Run("revert", 4, replication, 99))];
        RunRecord[] enough = [.. Enumerable.Range(0, 2).Select(replication => MadeUp.Run("wait-every-request", 4, replication, 101))];
        IReadOnlyList<ComparisonRow> rows = ComparisonTable.Build([.. few, .. enough]).Single().Rows;

        ComparisonRow p99 = rows.Single(row => row.Label == "p99");
        Assert.Equal("–", p99.CellText(0));
        Assert.Equal(2, p99.Cells[1]!.Value.Count);
        Assert.Equal("–", p99.RatioText(1));
        Assert.Equal(3, rows.Single(row => row.Label == "p90").Cells[0]!.Value.Count);
        Assert.Equal("–", rows.Single(row => row.Label == "p99.9").CellText(1));
    }

    [Fact]
    public void A_variant_that_finished_nothing_has_dashes_not_zeros()
    {
        ComparisonRow p50 = ComparisonTable.Build(CaamDeadlock.All).Single().Rows.Single(row => row.Label == "p50");

        Assert.Equal("–", p50.CellText(0));
        Assert.Equal("113 µs", p50.CellText(2));
        Assert.Equal("–", p50.RatioText(2));
    }

    [Theory]
    [InlineData(0, "0 µs")]
    [InlineData(1, "1.00 ps")]
    [InlineData(29_400_000, "29.4 µs")]
    [InlineData(332_000_000, "332 µs")]
    [InlineData(999_600_000, "1.00 ms")]
    [InlineData(3_412_000_000, "3.41 ms")]
    [InlineData(123_456_000_000_000, "123 s")]
    public void Durations_have_three_digits_and_a_unit(double picoseconds, string text) => Assert.Equal(text, ValueText.Duration(picoseconds));

    [Theory]
    [InlineData(0.9915, "0.992")]
    [InlineData(11.34, "11.3")]
    [InlineData(99.96, "100")]
    [InlineData(1234.5, "1,235")]
    [InlineData(0.0123, "0.0123")]
    public void Ratios_have_three_digits(double value, string text) => Assert.Equal(text, ValueText.Digits(value));

    [Fact]
    public void The_summary_has_one_row_for_each_run_and_every_metric_as_a_column()
    {
        string[][] rows = Csv(stream => SummaryCsv.Write([.. CaamDeadlock.All, MadeUp.Run("revert", 8, 1, 10)], stream));

        Assert.Equal(5, rows.Length);
        Assert.Equal(["variant", "point", "replication", "ends", "rule", "virtual_ns", "events", "fingerprint"], rows[0][..8]);
        Assert.Equal(["caam-4.1", "", "0", "deadlock", "DM-C5", "45650", "61", "8d21c0ffee00a1b2"], rows[1][..8]);
        Assert.Equal("randwrite.iodepth=8", rows[4][1]);
        Assert.Equal(rows[0][8..].Order(StringComparer.Ordinal), rows[0][8..]);
        Assert.Equal("", rows[4][Array.IndexOf(rows[0], "jr0.ring.max")]);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
    }

    [Fact]
    public void Latencies_are_told_bio_by_bio_where_all_were_kept_and_by_bin_elsewhere()
    {
        RunRecord kept = MadeUp.Run("revert", 4, 0, 30);
        RunRecord bins = MadeUp.Run("revert", 4, 1, 30);
        string[][] rows = Csv(stream => LatencyCsv.Write([kept, bins], stream));

        Assert.Equal(30, rows.Count(row => row[4] == "bio"));
        Assert.Equal(30, rows.Where(row => row[4] == "bin").Sum(row => int.Parse(row[11], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows.Where(row => row[4] == "bio"), row => Assert.Equal("write", row[8]));
    }

    [Fact]
    public void The_stages_of_every_row_add_up_to_its_latency()
    {
        string[][] rows = Csv(stream => StageCsv.Write(MadeUp.Sweep(replications: 2, bios: 200), stream));

        Assert.Equal(["variant", "point", "replication", "workload", "band", "bios", "low_ns", "high_ns", "latency_ns", "map_ns", "kcryptd_wait_ns"], rows[0][..11]);
        Assert.Equal(2 * 7 * 2 * 4, rows.Length - 1);   // two variants, seven points, two replications; mean, p50, p90, p99: 200 bios have no p99.9
        Assert.All(rows[1..], row => Assert.Equal(decimal.Parse(row[8], CultureInfo.InvariantCulture), row[9..].Sum(cell => decimal.Parse(cell, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Where_the_time_went_is_told_band_by_band_and_idle_stages_are_left_out()
    {
        StageComparison stages = StageComparison.Build(MadeUp.Sweep(replications: 2, bios: 200))[0];

        Assert.Equal(["mean", "mean", "p50", "p50", "p90", "p90", "p99", "p99"], stages.Rows.Select(row => row.Band));
        Assert.Equal(["revert", "wait-every-request"], stages.Rows.Take(2).Select(row => row.Name));
        Assert.Equal(["kcryptd wait", "conversion", "ring wait", "engine", "interrupt", "wake-up", "writer", "device"], stages.Stages.Select(stage => stage.Name));
        Assert.Equal(1, stages.Stages[0].Index);
    }

    [Fact]
    public void Records_without_stages_have_no_such_table()
    {
        RunRecord run = MadeUp.Run("revert", 4, 0, 200);
        RunRecord old = run with { Latencies = [run.Latencies[0] with { Stages = null }] };

        Assert.Empty(StageComparison.Build([old]));
        Assert.False(StageCsv.HasRows([old]));
        Assert.Single(StageComparison.Build([old, run with { Identity = run.Identity with { Variant = "new" } }]));
    }

    [Fact]
    public void Requests_have_a_row_for_each_phase_and_what_never_happened_is_empty()
    {
        string[][] rows = Csv(stream => PhaseCsv.Write(Timelines.All, stream));

        Assert.Equal(
            ["variant", "point", "replication", "workload", "owner", "request", "phase", "from_ns", "to_ns", "engine", "iv_from", "latched_ns", "written_ns", "stale"], rows[0]);
        Assert.Equal(["mutex", "", "0", "aio", "aio/0", "2", "Queued on Mutex", "40000", "60000", "0", "1", "80000", "110000", "0"], rows.Single(row => row[6] == "Queued on Mutex"));
        Assert.Equal(["none", "", "0", "aio", "aio/0", "2", "Respond and update IV", "75000", "80000", "0", "0", "50000", "80000", "1"], rows.Single(row => row[13] == "1" && row[6].StartsWith('R')));
        Assert.Equal(["none", "", "0", "aio", "aio/0", "3", "HW Queue full (backlog)", "75000", "", "0", "0", "", "", "0"], rows[^1]);
        Assert.True(PhaseCsv.HasRows(Timelines.All));
        Assert.False(PhaseCsv.HasRows(CaamDeadlock.All));
    }

    [Fact]
    public void Csv_lines_end_as_the_standard_says_and_odd_names_are_quoted()
    {
        using var stream = new MemoryStream();
        RunRecord odd = CaamDeadlock.Deadlock() with { Identity = MadeUp.Identity("x", "a,\"b\"\nc", []) };
        SummaryCsv.Write([odd], stream);
        string text = Encoding.UTF8.GetString(stream.ToArray());

        Assert.StartsWith("variant,point,", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\n\"a,\"\"b\"\"\nc\",,0,deadlock", text, StringComparison.Ordinal);
    }

    private static string[][] Csv(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }
}

using CryptoSim.Reports;
using CryptoSim.Reports.Tables;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>run</c> prints for a sweep or for replications: one table for each variant, one row for each point.</summary>
internal sealed class SweepView(Screen screen, string command)
{
    private const int NameColumns = 26;

    /// <summary>Writes a block for each variant.</summary>
    public void Write(ExperimentResult result, IReadOnlyList<string> records)
    {
        var runs = new RunSet([.. result.Runs.Select(run => run.Record)]);
        var paths = new Dictionary<RunRecord, string>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < result.Runs.Count; i++)
        {
            paths[result.Runs[i].Record] = records[i];
        }

        for (int i = 0; i < runs.Variants.Count; i++)
        {
            if (i > 0)
            {
                screen.Blank();
            }

            WriteVariant(result, runs, runs.Variants[i], paths);
        }
    }

    private void WriteVariant(ExperimentResult result, RunSet runs, string variant, Dictionary<RunRecord, string> paths)
    {
        List<RunRecord> own = [.. runs.Records.Where(record => record.Identity.Variant == variant)];
        List<Verdict> verdicts = [.. own.Select(record => Verdict.Of(result.Claims, record))];
        Verdict verdict = verdicts.Find(one => !one.Good) ?? verdicts[0];
        screen.Write(new Line()
            .Column(runs.NameOf(variant), NameColumns, Tone.Strong)
            .Column(Ends(own), NameColumns, own.TrueForAll(Completed) ? Tone.Plain : Tone.Accent)
            .Add(verdict.Text, verdict.Tone));
        foreach (string workload in runs.Workloads)
        {
            WriteTable(runs, variant, workload, ends: !own.TrueForAll(Completed));
        }

        int first = Math.Max(verdicts.FindIndex(one => !one.Good), 0);
        first = verdicts[first].Good ? own.FindIndex(record => !Completed(record)) : first;
        if (first >= 0)
        {
            screen.Write(new Line().Add("    the first: ", Tone.Dim).Add(Name(own[first], runs)));
            new BlockedView(screen, command).Write(own[first], paths[own[first]]);
        }
    }

    private void WriteTable(RunSet runs, string variant, string workload, bool ends)
    {
        IReadOnlyList<Measure> measures = Measures(runs, workload);
        Table table = Screen.NewTable();
        string[] axes = [.. runs.Points[0].Coordinates.Select(pair => pair.Key)];
        table.AddColumn(Head(axes.Length > 0 ? string.Join(", ", axes) : workload));
        if (ends)
        {
            table.AddColumn(Head("ends"));
        }

        foreach (Measure measure in measures)
        {
            table.AddColumn(Head(Label(measure, runs, workload)).RightAligned());
        }

        foreach (SweepPoint point in runs.Points)
        {
            IReadOnlyList<RunRecord> cell = runs.At(variant, point);
            if (cell.Count > 0)
            {
                string name = string.Join(", ", point.Coordinates.Select(pair => pair.Value));
                IEnumerable<string> texts = [name, .. ends ? [Ends(cell)] : (string[])[], .. measures.Select(measure => Comparisons.Cell(measure, cell))];
                table.AddRow(texts.Select(text => new Text(text)));
            }
        }

        screen.Write(table, indent: 4);
    }

    /// <summary>What fits a line: throughput, the middle and the tail of the latency, and how busy the hardware is.</summary>
    private static IReadOnlyList<Measure> Measures(RunSet runs, string workload)
    {
        IReadOnlyList<Measure> all = Measure.All(workload, runs.Records);
        IEnumerable<Measure> named = ((string[])["IOPS", "p50", "p99"]).SelectMany(label => all.Where(one => one.Label == label));
        return [.. named, .. all.Where(one => one.Kind == ValueKind.Share)];
    }

    private static string Label(Measure measure, RunSet runs, string workload) =>
        runs.Workloads.Count > 1 && measure.Kind != ValueKind.Share ? workload + " " + measure.Label : measure.Label;

    private static TableColumn Head(string text) => new TableColumn(new Text(text, Screen.StyleOf(Tone.Dim))).NoWrap().PadLeft(0).PadRight(2);

    private static string Name(RunRecord record, RunSet runs)
    {
        string point = RunJson.Point(record.Identity);
        string replication = runs.Replications > 1 ? $"replication {record.Identity.Replication}" : "";
        return string.Join(", ", ((string[])[point, replication]).Where(part => part.Length > 0));
    }

    private static bool Completed(RunRecord record) => record.End.Ends == Verdict.Completed;

    /// <summary><c>completed</c>, or how many ended how.</summary>
    private static string Ends(IReadOnlyList<RunRecord> records)
    {
        var ends = records.GroupBy(record => record.End.Ends).Select(group => (Ends: group.Key, Count: group.Count())).ToList();
        return ends.Count == 1 ? ends[0].Ends : string.Join(", ", ends.Select(one => $"{one.Count} {one.Ends}"));
    }
}

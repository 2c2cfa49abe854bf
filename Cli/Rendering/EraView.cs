using CryptoSim.Scenarios.Running;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>run --eras</c> prints: a table of releases for each variant.</summary>
internal sealed class EraView(Screen screen)
{
    /// <summary>Writes the whole page.</summary>
    public void Write(EraTable table)
    {
        screen.Write(new Line().Add(table.Scenario.Name, Tone.Strong).Add(table.Scenario.About.Length > 0 ? ": " + table.Scenario.About : ""), hang: 2);
        screen.Blank();
        foreach (EraRows rows in table.Variants)
        {
            string name = string.Join("  ", new[] { rows.Variant.Length > 0 ? rows.Variant : table.Scenario.Name, rows.Point }.Where(one => one.Length > 0));
            screen.Write(new Line().Add(name, Tone.Strong));
            foreach (string set in rows.SetInAll)
            {
                screen.Write(new Line().Add("  in every release: ", Tone.Dim).Add(set));
            }

            screen.Write(TableOf(rows), indent: 2);
            screen.Blank();
        }

        foreach ((string era, string problem) in table.Variants[0].Rows.SelectMany(row => row.Problems.Select(problem => (row.Era, problem))))
        {
            screen.Write(new Line().Add(era + " cannot be built: ", Tone.Bad).Add(problem), hang: 2);
        }

        screen.Write(new Line().Add("Claims are not judged here: they are about the scenario as it stands.", Tone.Dim));
    }

    private static Table TableOf(EraRows rows)
    {
        Table table = Screen.NewTable();
        string[] workloads = [.. rows.Rows.SelectMany(row => row.Workloads).Select(one => one.Name).Distinct()];
        foreach (string head in (string[])["kernel", "ends", "rule", .. workloads.SelectMany(name => new[] { name + " latency", name + " iops" })])
        {
            table.AddColumn(new TableColumn(new Text(head, Screen.StyleOf(Tone.Dim))).NoWrap().PadLeft(0).PadRight(2));
        }

        foreach (EraRow row in rows.Rows)
        {
            table.AddRow([.. Cells(row, workloads)]);
        }

        return table;
    }

    private static IEnumerable<Text> Cells(EraRow row, string[] workloads)
    {
        yield return new Text(row.Era, Screen.StyleOf(Tone.Strong));
        string ends = row.First?.End.Ends ?? "not built";
        yield return new Text(ends, Screen.StyleOf(ends == Verdict.Completed ? Tone.Plain : Tone.Accent));
        yield return new Text(row.First?.End.Rule ?? "");
        foreach (string name in workloads)
        {
            EraWorkload? found = row.Workloads.FirstOrDefault(one => one.Name == name);
            yield return new Text(found?.Latency is { } latency ? Figures.Measured((double)latency, "ns") : "-");
            yield return new Text(found?.Iops is { } iops ? Figures.Measured((double)iops, "/s") : "-");
        }
    }
}

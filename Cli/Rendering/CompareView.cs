using System.Globalization;
using CryptoSim.Reports.Tables;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>compare</c> prints: the variants side by side at each point, with the ratio to the first.</summary>
internal sealed class CompareView(Screen screen)
{
    private const int Padding = 2;           // [columns] between columns
    private const int Taken = Padding + 1;   // [columns] by each column besides its text: a line between columns is given room, though none is drawn

    /// <summary>Writes a table for each workload and point, and under it where the time went.</summary>
    public void Write(IReadOnlyList<ComparisonTable> tables, IReadOnlyList<StageComparison> stages)
    {
        bool several = tables.Select(table => table.Workload).Distinct().Skip(1).Any();
        foreach (ComparisonTable comparison in tables)
        {
            WriteHead(comparison, several);
            foreach (int[] variants in Blocks(comparison))
            {
                screen.Write(Body(comparison, variants));
                screen.Blank();
            }

            new StagesView(screen).Write(stages.FirstOrDefault(one => one.Workload == comparison.Workload && one.Point.Label == comparison.Point.Label));
        }
    }

    private void WriteHead(ComparisonTable comparison, bool several)
    {
        string point = comparison.Point.Label;
        var head = new Line().Add(several || point.Length == 0 ? comparison.Workload : "", Tone.Strong);
        if (point.Length > 0)
        {
            head.Add(several ? " at " : "at ").Add(point, Tone.Strong);
        }

        if (comparison.Replications > 1)
        {
            string count = comparison.Replications.ToString(CultureInfo.InvariantCulture);
            head.Add($"   mean ± 95 % interval over {count} replications; ratio to {comparison.Variants[0]}, paired", Tone.Dim);
        }

        screen.Write(head);
    }

    /// <summary>The variants in as many tables as the screen needs to show each whole.</summary>
    private IEnumerable<int[]> Blocks(ComparisonTable comparison)
    {
        int label = 1 + Taken + comparison.Rows.Max(row => row.Label.Length);
        var block = new List<int>();
        int width = label;
        for (int i = 0; i < comparison.Variants.Count; i++)
        {
            int needed = WidthOf(comparison, i);
            if (block.Count > 0 && width + needed > screen.Width)
            {
                yield return [.. block];
                block.Clear();
                width = label;
            }

            block.Add(i);
            width += needed;
        }

        yield return [.. block];
    }

    /// <summary>[columns] Of a variant and its ratio.</summary>
    private static int WidthOf(ComparisonTable comparison, int variant)
    {
        int values = comparison.Rows.Select(row => Comparisons.Cell(row.Kind, row.Cells[variant]).Length).Append(comparison.Variants[variant].Length).Max();
        int ratios = comparison.Rows.Select(row => Comparisons.Ratio(row.Ratios[variant]).Length).Append("ratio".Length).Max();
        return Taken + values + (variant > 0 ? Taken + ratios : 0);
    }

    private static Table Body(ComparisonTable comparison, int[] variants)
    {
        Table table = Screen.NewTable();
        table.AddColumn(Head(""));
        foreach (int i in variants)
        {
            table.AddColumn(Head(comparison.Variants[i]).RightAligned());
            if (i > 0)
            {
                table.AddColumn(Head("ratio").RightAligned());
            }
        }

        foreach (ComparisonRow row in comparison.Rows)
        {
            var cells = new List<Text> { new(row.Label, Screen.StyleOf(Tone.Strong)) };
            foreach (int i in variants)
            {
                cells.Add(new Text(Comparisons.Cell(row.Kind, row.Cells[i])));
                if (i > 0)
                {
                    cells.Add(new Text(Comparisons.Ratio(row.Ratios[i]), Screen.StyleOf(Tone.Accent)));
                }
            }

            table.AddRow(cells);
        }

        return table;
    }

    private static TableColumn Head(string text) => new TableColumn(new Text(text, Screen.StyleOf(Tone.Dim))).NoWrap().PadLeft(0).PadRight(Padding);
}

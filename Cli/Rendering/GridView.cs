using System.Globalization;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>The frontier between what hangs and what does not: for each driver one row for each W, with one mark for each R in a column for each D.</summary>
internal sealed class GridView(Screen screen)
{
    private const int Indent = 2;
    private const int RowHead = 6;
    private const int MostMismatches = 20;

    /// <summary>Writes all blocks and the summary.</summary>
    public void Write(ExploredGrid grid)
    {
        GridRanges ranges = grid.Ranges;
        screen.Write(new Line().Add(grid.Scenario.Name, Tone.Strong).Add(": W contexts, R requests, D usable entries, E engines = " + ranges.Engines));
        screen.Write(new Line().Add("  .  PROVED     H  hangs     x  fails otherwise     ?  no answer     *  depends on E", Tone.Dim));
        foreach (IGrouping<string, GridCell> block in grid.Cells.GroupBy(cell => cell.Variant))
        {
            screen.Blank();
            Write(ranges, [.. block]);
        }

        screen.Blank();
        WriteSummary(grid);
    }

    /// <summary>The mark of the cells that differ in E alone.</summary>
    internal static char Mark(IEnumerable<GridCell> cells)
    {
        char[] marks = [.. cells.Select(cell => cell.Hangs ? 'H' : cell.IsOpen ? '?' : cell.Result.Found is null ? '.' : 'x').Distinct()];
        return marks.Length == 1 ? marks[0] : '*';
    }

    private void Write(GridRanges ranges, IReadOnlyList<GridCell> cells)
    {
        GridCell first = cells[0];
        screen.Write(new Line().Add($"{first.Driver}, {first.Submit}", Tone.Strong).Add("  " + GridTexts.Law(first), Tone.Dim));
        int columns = Math.Max(5, ranges.Requests.Count) + 3;
        Line depths = new Line().To(Indent).Column("", RowHead);
        Line requests = new Line().To(Indent).Column("", RowHead);
        foreach (int depth in ranges.Depth.Values)
        {
            depths.Column(Number("D=", depth), columns, Tone.Dim);
            requests.Column("R=" + string.Concat(ranges.Requests.Values.Select(r => (r % 10).ToString(CultureInfo.InvariantCulture))), columns, Tone.Dim);
        }

        screen.WriteWhole(depths);
        screen.WriteWhole(requests);
        foreach (int contexts in ranges.Contexts.Values)
        {
            screen.WriteWhole(Row(ranges, [.. cells.Where(cell => cell.Contexts == contexts)], contexts, columns));
        }
    }

    private static Line Row(GridRanges ranges, IReadOnlyList<GridCell> cells, int contexts, int columns)
    {
        Line row = new Line().To(Indent).Column(Number("W=", contexts), RowHead, Tone.Dim);
        foreach (int depth in ranges.Depth.Values)
        {
            row.Add("  ");
            foreach (int requests in ranges.Requests.Values)
            {
                char mark = Mark(cells.Where(cell => cell.Depth == depth && cell.Requests == requests));
                row.Add(mark.ToString(), mark is '.' ? Tone.Good : Tone.Accent);
            }

            row.Add(new string(' ', columns - 2 - ranges.Requests.Count));
        }

        return row;
    }

    private void WriteSummary(ExploredGrid grid)
    {
        GridCell[] wrong = [.. grid.Cells.Where(cell => cell.Agrees == false)];
        foreach (GridCell cell in wrong.Take(MostMismatches))
        {
            screen.Write(new Line().Add("differs  ", Tone.Bad).Add(GridTexts.Mismatch(cell)), hang: 9);
        }

        if (wrong.Length > MostMismatches)
        {
            screen.Write(new Line().Add($"and {wrong.Length - MostMismatches} more; --json has all of them", Tone.Bad));
        }

        screen.Write(new Line()
            .Add(GridTexts.Summary(grid), grid.Standing == ExploreStanding.AsExpected ? Tone.Good : Tone.Bad)
            .Add($" · {Figures.Count(grid.Cells.Sum(cell => cell.Result.Counts.States))} states · {Figures.Wall(grid.WallSeconds)}", Tone.Dim));
    }

    private static string Number(string name, int value) => name + value.ToString(CultureInfo.InvariantCulture);
}

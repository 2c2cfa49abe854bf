using CryptoSim.Reports.Tables;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>Where the time went, under a comparison: for each band of latencies the variants one below the other, a column for each stage.</summary>
internal sealed class StagesView(Screen screen)
{
    /// <summary>Writes the table; nothing if there is none.</summary>
    public void Write(StageComparison? stages)
    {
        if (stages is null)
        {
            return;
        }

        Table table = Screen.NewTable();
        bool named = stages.Rows.Select(row => row.Variant).Distinct().Skip(1).Any();
        string[] heads = ["", .. named ? [""] : (string[])[], "latency", .. stages.Stages.Select(stage => stage.Name)];
        int texts = named ? 2 : 1;
        for (int i = 0; i < heads.Length; i++)
        {
            TableColumn column = new TableColumn(new Text(heads[i], Screen.StyleOf(Tone.Dim))).PadLeft(0).PadRight(2);
            table.AddColumn(i < texts ? column : column.NoWrap().RightAligned());
        }

        string last = "";
        foreach (StageRow row in stages.Rows)
        {
            table.AddRow(Cells(row, row.Band == last ? "" : row.Band, named));
            last = row.Band;
        }

        screen.Write(new Line().Add("where the time went", Tone.Strong).Add("   mean of the bios around each percentile", Tone.Dim));
        screen.Write(table);
        screen.Blank();
    }

    private static IEnumerable<Text> Cells(StageRow row, string band, bool named)
    {
        yield return new Text(band, Screen.StyleOf(Tone.Strong));
        if (named)
        {
            yield return new Text(row.Name);
        }

        yield return new Text(Time(row.Total), Screen.StyleOf(Tone.Strong));
        foreach (double mean in row.Means)
        {
            yield return new Text(mean == 0 ? "-" : Time(mean));
        }
    }

    private static string Time(double picoseconds) => Comparisons.Value(ValueKind.Duration, picoseconds);
}

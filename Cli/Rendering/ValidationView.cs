using CryptoSim.Reports.Validation;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>validate</c> prints: the notes of the file, a table for each scenario, what is wrong, and the summary.</summary>
internal sealed class ValidationView(Screen screen)
{
    private static readonly string[] Heads = ["", "id", "variant", "published", "simulated", "error", "allowed", ""];

    /// <summary>Writes everything.</summary>
    public void Write(ValidationReport report)
    {
        foreach (string note in report.Notes)
        {
            screen.Write(new Line().Add(note, Tone.Dim), hang: 2);
        }

        screen.Blank();
        foreach (IGrouping<string, ValidatedRow> scenario in report.ByScenario)
        {
            WriteScenario(scenario.Key, [.. scenario]);
        }

        foreach (ValidatedRow row in report.Rows.Where(row => row.Problem is not null))
        {
            screen.Write(new Line().Add(row.Row.Id, Tone.Bad).Add(": " + row.Problem), hang: 2);
        }

        screen.Write(new Line().Add(string.Join(" · ", report.Summary()), report.Failed == 0 ? Tone.Good : Tone.Bad), hang: 2);
    }

    private void WriteScenario(string name, IReadOnlyList<ValidatedRow> rows)
    {
        PublishedRow first = rows[0].Row;
        string[] facts = [.. ((string[])[first.Platform, first.Kernel.Length > 0 ? "Linux " + first.Kernel : ""]).Where(fact => fact.Length > 0)];
        screen.Write(new Line().Add(name, Tone.Strong).Add(facts.Length > 0 ? "  " + string.Join(", ", facts) : "", Tone.Dim));
        ValidatedRow[] figures = [.. rows.Where(row => row.Row.Kind != RowKind.Qualitative)];
        if (figures.Length > 0)
        {
            screen.Write(TableOf(figures), indent: 2);
        }

        foreach (ValidatedRow row in rows.Where(row => row.Row.Kind == RowKind.Qualitative))
        {
            screen.Write(new Line().Add("  ").Column(ValidationText.Verdict(row), 8, ToneOf(row)).Add(row.Row.Id + "  ", Tone.Strong).Add(row.Row.Metric)
                .Add(row.Found.Length > 0 ? "  found " + row.Found : "", Tone.Dim), hang: 10);
        }

        screen.Blank();
    }

    private static Table TableOf(IReadOnlyList<ValidatedRow> rows)
    {
        Table table = Screen.NewTable();
        foreach (string head in Heads)
        {
            TableColumn column = new TableColumn(new Text(head, Screen.StyleOf(Tone.Dim))).PadLeft(0).PadRight(2);
            table.AddColumn(head is "published" or "simulated" or "error" or "allowed" ? column.RightAligned().NoWrap() : head is "variant" ? column : column.NoWrap());
        }

        foreach (ValidatedRow row in rows)
        {
            table.AddRow(
                new Text(ValidationText.Kind(row.Row), Screen.StyleOf(row.Row.Kind == RowKind.Predict ? Tone.Accent : Tone.Dim)),
                new Text(row.Row.Id, Screen.StyleOf(Tone.Strong)),
                new Text(ValidationText.What(row.Row)),
                new Text(ValidationText.Value(row.Row.Published, row.Row.Unit)),
                new Text(ValidationText.Value(row.Simulated, row.Row.Unit)),
                new Text(ValidationText.Error(row.ErrorPct)),
                new Text(ValidationText.Allowed(row.Row.TolerancePct), Screen.StyleOf(Tone.Dim)),
                new Text(ValidationText.Verdict(row), Screen.StyleOf(ToneOf(row))));
        }

        return table;
    }

    private static Tone ToneOf(ValidatedRow row) => row.Pass switch { true => Tone.Good, false => Tone.Bad, null => Tone.Accent };
}

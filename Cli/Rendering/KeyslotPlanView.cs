using System.Globalization;
using CryptoSim.Reports.Planning;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>plan keyslots</c> prints: the machine, how many slots are enough, and the points of the hardest number of keys with their intervals.</summary>
internal sealed class KeyslotPlanView(Screen screen, bool all)
{
    private const int Indent = 2;
    private const int FactColumns = 8;
    private const int NameColumns = 28;     // design and slots
    private const int ValueColumns = 16;    // at most

    /// <summary>What is shown, the least dispensable first.</summary>
    private static readonly KeyslotQuantity[] Shown =
    [
        KeyslotQuantity.NoSlot, KeyslotQuantity.Programs, KeyslotQuantity.PlainAdded, KeyslotQuantity.PlainP99, KeyslotQuantity.PlainP50,
        KeyslotQuantity.EncryptedLost, KeyslotQuantity.EncryptedAdded, KeyslotQuantity.EncryptedP99,
    ];

    /// <summary>How far a plan is.</summary>
    /// <param name="done">Runs that are done.</param>
    /// <param name="runs">Runs that there are.</param>
    /// <param name="ios">I/Os in those that are done.</param>
    /// <param name="now">[s] Since it began.</param>
    public static string Progress(int done, int runs, long ios, double now) => string.Create(
        CultureInfo.InvariantCulture,
        $"plan keyslots  {100.0 * done / runs:0} %  {Figures.Count(done)} of {Figures.Count(runs)} runs  {ios / now / 1000:0}k I/Os/s  {Figures.Wall(Math.Ceiling(now * (runs - done) / done))} left");

    /// <summary>Writes everything.</summary>
    public void Write(KeyslotReport report, double wallSeconds)
    {
        screen.Write(new Line().Add("How many keyslots?", Tone.Strong));
        foreach ((string name, string value) in report.Facts)
        {
            screen.Write(new Line().To(Indent).Column(name, FactColumns, Tone.Dim).Add(value), hang: Indent + FactColumns);
        }

        screen.Blank();
        screen.Write(new Line().Add("Enough slots", Tone.Strong).Add(": " + KeyslotText.Criterion(report)), hang: Indent);
        for (int mix = 0; mix < report.Mixes.Count; mix++)
        {
            screen.Write(NeededTable(report, mix), Indent);
            screen.Blank();
        }

        WritePoints(report);
        WriteWords(report);
        screen.Write(new Line().Add(
            $"{Figures.Count(report.Runs)} runs · {Figures.Count(report.Ios)} I/Os simulated · {Figures.Wall(wallSeconds)}{(report.IsComplete ? "" : " · cancelled")}", Tone.Dim));
    }

    // ── the answer ──────────────────────────────────────────────────────

    private static Table NeededTable(KeyslotReport report, int mix)
    {
        Table table = Screen.NewTable();
        table.AddColumn(Head(KeyslotText.Mix(report.Mixes[mix])));
        foreach (int? keys in report.Keys)
        {
            table.AddColumn(Head(KeyslotText.Keys(keys)).RightAligned());
        }

        for (int design = 0; design < report.Designs.Count; design++)
        {
            IEnumerable<Text> needs = Enumerable.Range(0, report.Keys.Count).Select(keys => report.NeedAt(design, mix, keys))
                .Select(need => new Text(KeyslotText.Need(need), Screen.StyleOf(need.IsEnough ? Tone.Good : Tone.Accent)));
            table.AddRow([new Text(report.Designs[design]), .. needs]);
        }

        return table;
    }

    // ── the points ──────────────────────────────────────────────────────

    private void WritePoints(KeyslotReport report)
    {
        (int Mix, int Keys) hardest = Hardest(report);
        for (int mix = 0; mix < report.Mixes.Count; mix++)
        {
            for (int keys = 0; keys < report.Keys.Count; keys++)
            {
                if (all || (mix, keys) == hardest)
                {
                    screen.Write(new Line().Add(KeyslotText.Place(report.Keys[keys], report.Mixes[mix]), Tone.Strong)
                        .Add("  means ± half their 95 % intervals", Tone.Dim));
                    screen.Write(PointsTable(report, mix, keys), Indent);
                    screen.Blank();
                }
            }
        }
    }

    private Table PointsTable(KeyslotReport report, int mix, int keys)
    {
        KeyslotQuantity[] fitting = [.. Shown.Take(Math.Max(3, (screen.Width - Indent - NameColumns) / ValueColumns))];
        KeyslotQuantity[] quantities = [.. KeyslotQuantity.All.Where(fitting.Contains)];
        Table table = Screen.NewTable();
        table.AddColumn(Head("design"));
        table.AddColumn(Head("slots").RightAligned());
        foreach (KeyslotQuantity quantity in quantities)
        {
            table.AddColumn(Head(quantity.Short).RightAligned());
        }

        for (int design = 0; design < report.Designs.Count; design++)
        {
            if (design > 0)
            {
                table.AddEmptyRow();
            }

            for (int slots = 0; slots < report.Slots.Count; slots++)
            {
                KeyslotCell cell = report.At(design, mix, keys, slots);
                table.AddRow([
                    new Text(slots == 0 ? cell.Design : ""),
                    new Text(cell.Slots.ToString(CultureInfo.InvariantCulture)),
                    .. quantities.Select((quantity, place) => ValueOf(report, cell, quantity, place == 0))]);
            }
        }

        return table;
    }

    private static Text ValueOf(KeyslotReport report, KeyslotCell cell, KeyslotQuantity quantity, bool isFirst)
    {
        if (cell.Of(quantity) is not { } value)
        {
            return new Text(cell.Problem is null ? "-" : isFirst ? cell.Problem.Split(':')[0] : "", Screen.StyleOf(cell.Problem is null ? Tone.Dim : Tone.Bad));
        }

        Tone tone = quantity.LimitOf(report) is { } limit ? (value.High <= limit ? Tone.Good : Tone.Accent) : Tone.Plain;
        return new Text(KeyslotText.WithInterval(quantity, value), Screen.StyleOf(tone));
    }

    // ── in words ────────────────────────────────────────────────────────

    private void WriteWords(KeyslotReport report)
    {
        (int mix, int keys) = Hardest(report);
        screen.Write(new Line().Add($"With {KeyslotText.Place(report.Keys[keys], report.Mixes[mix])}:", Tone.Strong));
        for (int design = 0; design < report.Designs.Count; design++)
        {
            KeyslotNeed need = report.NeedAt(design, mix, keys);
            screen.Write(new Line().To(Indent).Add(KeyslotText.Sentence(need, report), need.IsEnough ? Tone.Good : Tone.Accent), hang: 2 * Indent);
        }

        if (KeyslotTheory.Of(report) is { } theory)
        {
            screen.Write(new Line().Add(theory.Sentence(), Tone.Dim), hang: Indent);
        }

        foreach (string assumption in report.Assumptions.Take(1))
        {
            screen.Write(new Line().Add(assumption, Tone.Dim), hang: Indent);
        }
    }

    /// <summary>The middle mix with the most keys.</summary>
    private static (int Mix, int Keys) Hardest(KeyslotReport report) => (report.Mixes.Count / 2, report.Keys.Count - 1);

    private static TableColumn Head(string text) => new TableColumn(new Text(text, Screen.StyleOf(Tone.Dim))).NoWrap().PadLeft(0).PadRight(2);
}

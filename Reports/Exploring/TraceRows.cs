using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>What one row of a shortened trace stands for.</summary>
public enum TraceRowKind
{
    /// <summary>One step.</summary>
    Step,

    /// <summary>Steps that go like the one above.</summary>
    Likewise,

    /// <summary>Steps that do not matter.</summary>
    Folded,
}

/// <summary>One row of a shortened trace.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Steps">The steps, at least one; consecutive.</param>
public sealed record TraceRow(TraceRowKind Kind, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>The number, or the first and the last: <c>4..5</c>.</summary>
    public string Numbers => Steps.Count == 1 ? $"{Steps[0].Number}" : $"{Steps[0].Number}..{Steps[^1].Number}";

    /// <summary>What repeated steps are about: <c>req#2, req#3</c>; empty if nothing.</summary>
    public string Subjects
    {
        get
        {
            string[] subjects = [.. Steps.Select(step => StepMeaning.Main(step)?.Subject ?? "").Where(one => one.Length > 0).Distinct()];
            return subjects.Length <= 3 ? string.Join(", ", subjects) : $"{subjects[0]} .. {subjects[^1]}";
        }
    }
}

/// <summary>Shortens a trace to the rows a reader needs.</summary>
public static class TraceRows
{
    private const int Most = 30;    // rows before the early ones are folded as well
    private const int Before = 16;  // of them before the point of no return

    /// <summary>All steps, each its own row.</summary>
    public static IReadOnlyList<TraceRow> All(IEnumerable<TraceStep> steps) => [.. steps.Select(step => new TraceRow(TraceRowKind.Step, [step]))];

    /// <summary>The steps that matter, those that go like the one above in one row, and the others folded.</summary>
    /// <param name="steps">Consecutive steps.</param>
    /// <param name="matters">Which must be seen.</param>
    /// <param name="turning">Number of the step that is never folded.</param>
    public static IReadOnlyList<TraceRow> Short(IReadOnlyList<TraceStep> steps, Func<TraceStep, bool> matters, int? turning)
    {
        ArgumentNullException.ThrowIfNull(steps);
        List<TraceRow> rows = [.. Group(steps, matters, turning).Select(Unfolded)];
        int at = rows.FindIndex(row => row.Steps[0].Number == turning);
        int from = (at < 0 ? rows.Count : at) - Before;
        if (rows.Count <= Most || from < 2)
        {
            return rows;
        }

        var early = new TraceRow(TraceRowKind.Folded, [.. rows.Take(from).Skip(1).SelectMany(row => row.Steps)]);
        return [rows[0], early, .. rows.Skip(from)];
    }

    /// <summary>One step alone takes no more room than the words that it was folded.</summary>
    private static TraceRow Unfolded(TraceRow row) =>
        row is { Kind: TraceRowKind.Folded, Steps: [{ Events.Count: > 0 }] } ? row with { Kind = TraceRowKind.Step } : row;

    private static List<TraceRow> Group(IReadOnlyList<TraceStep> steps, Func<TraceStep, bool> matters, int? turning)
    {
        var rows = new List<TraceRow>();
        foreach (TraceStep step in steps)
        {
            TraceRow? last = rows.LastOrDefault();
            TraceRowKind kind = !matters(step) ? TraceRowKind.Folded
                : step.Number != turning && last is { Kind: not TraceRowKind.Folded } && last.Steps[0].Number != turning && Key(last.Steps[^1]) == Key(step) ? TraceRowKind.Likewise
                : TraceRowKind.Step;
            if (kind != TraceRowKind.Step && last?.Kind == kind)
            {
                rows[^1] = last with { Steps = [.. last.Steps, step] };
            }
            else
            {
                rows.Add(new TraceRow(kind, [step]));
            }
        }

        return rows;
    }

    /// <summary>What two steps have in common that go the same way: everything but numbers.</summary>
    private static string Key(TraceStep step)
    {
        TraceEvent? main = StepMeaning.Main(step);
        string texts = string.Join('\u001f', step.Context, step.Label, main?.Subject ?? "", main?.Target ?? "");
        return step.Process + '\u001f' + new string([.. texts.Where(c => !char.IsAsciiDigit(c))]);
    }
}

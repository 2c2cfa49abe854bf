using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>The failing schedule and the closest one that passes, side by side from where they part.</summary>
internal sealed class SiblingView(Screen screen)
{
    private const int Most = 7;        // rows on each side
    private const int Numbers = 7;
    private const string Between = " | ";

    public void Write(FailingTrace failure, PassingSibling sibling, TraceDigest digest)
    {
        int width = (screen.TextWidth - Between.Length) / 2;
        TraceStep[] failing = [.. failure.Steps.Skip(sibling.Common)];
        List<Line> left = [.. Cells(failing, digest.Matters, digest.Turning?.Number, width, $"{Outcome(failure)} after {ExplorationWords.Count(failure.Steps.Count, "step")}", Tone.Bad)];
        int all = sibling.Common + sibling.Steps.Count;
        List<Line> right =
        [
            .. Cells(sibling.Steps, step => digest.MattersInSibling(sibling, step), null, width, $"all work done after {ExplorationWords.Count(all, "step")}", Tone.Good),
        ];
        string shared = sibling.Common == 0 ? "from the first step on" : $"after the same {ExplorationWords.Count(sibling.Common, "step")}";
        screen.WriteWhole(Row(new Line().Add("FAILS ", Tone.Bad).Add(shared, Tone.Dim), new Line().Add("PASSES", Tone.Good).Add("  the closest schedule", Tone.Dim), width));
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            screen.WriteWhole(Row(i < left.Count ? left[i] : new Line(), i < right.Count ? right[i] : new Line(), width));
        }
    }

    private static string Outcome(FailingTrace failure) => failure.End.Ends == "deadlock" ? "hung" : failure.End.Ends;

    private static IEnumerable<Line> Cells(IReadOnlyList<TraceStep> steps, Func<TraceStep, bool> matters, int? turning, int width, string end, Tone tone)
    {
        IReadOnlyList<TraceRow> rows = TraceRows.Short(steps, matters, turning);
        foreach (TraceRow row in rows.Take(Most))
        {
            foreach (Line part in Wrapping.Wrap(Cell(row, row.Steps[0].Number == turning, tone), width, Numbers))
            {
                yield return part;
            }
        }

        int more = rows.Skip(Most).Sum(row => row.Steps.Count);
        Line last = new Line().To(Numbers).Add(more > 0 ? $"... {ExplorationWords.Count(more, "step")}, " : "", Tone.Dim).Add(end, tone);
        foreach (Line part in Wrapping.Wrap(last, width, Numbers))
        {
            yield return part;
        }
    }

    private static Line Cell(TraceRow row, bool turning, Tone tone)
    {
        TraceStep step = row.Steps[0];
        var line = new Line().Add((turning ? $">{row.Numbers}<" : row.Numbers + " ").PadLeft(Numbers - 1), turning ? tone : Tone.Dim).To(Numbers);
        return row.Kind switch
        {
            TraceRowKind.Folded => line.Add($"({ExplorationWords.Count(row.Steps.Count, "step")})", Tone.Dim),
            TraceRowKind.Likewise => line.Add(row.Subjects.Length > 0 ? row.Subjects + " likewise" : "likewise", Tone.Dim),
            _ => line.Add(step.Process + " ").Add(StepMeaning.Text(step), StepMeaning.Shows(step) ? turning ? tone : Tone.Plain : Tone.Dim),
        };
    }

    private static Line Row(Line left, Line right, int width)
    {
        var line = new Line();
        foreach ((string piece, Tone tone) in left.Pieces)
        {
            line.Add(piece, tone);
        }

        line.To(width).Add(Between, Tone.Dim);
        foreach ((string piece, Tone tone) in right.Pieces)
        {
            line.Add(piece, tone);
        }

        return line;
    }
}

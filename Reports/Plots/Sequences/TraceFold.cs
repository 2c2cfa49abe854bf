using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>What one row of a folded trace stands for.</summary>
internal enum Fold
{
    /// <summary>An event.</summary>
    Event,

    /// <summary>The events before it happened again.</summary>
    Repetition,

    /// <summary>Events are left out here that nothing stands for.</summary>
    Gap,
}

/// <summary>One thing to draw.</summary>
/// <param name="Fold">What it is.</param>
/// <param name="Event">The event; the last of those it stands for if there are several.</param>
/// <param name="Count">Events it stands for.</param>
/// <param name="Subjects">What repeated events were about.</param>
internal sealed record FoldedEvent(Fold Fold, TraceEvent Event, int Count, IReadOnlyList<string> Subjects);

/// <summary>Shortens a trace to what a reader needs: the first of what repeats, what went wrong, and the end.</summary>
internal static class TraceFold
{
    private const int LongestPeriod = 12;   // events in the longest pattern that is recognised
    private const int Most = 34;            // rows before the middle is left out
    private const int Head = 8;
    private const int Tail = 9;
    private const int Around = 5;           // rows kept on each side of an important one

    /// <summary>Folds <paramref name="events"/>; those for which <paramref name="important"/> is true are always kept.</summary>
    public static IReadOnlyList<FoldedEvent> Of(IReadOnlyList<TraceEvent> events, Func<TraceEvent, bool> important)
    {
        List<FoldedEvent> folded = Repetitions(events, important);
        return folded.Count <= Most ? folded : Cut(folded, important);
    }

    private static List<FoldedEvent> Repetitions(IReadOnlyList<TraceEvent> events, Func<TraceEvent, bool> important)
    {
        string[] keys = [.. events.Select((happening, i) => important(happening) ? "!" + i : Key(happening))];
        var folded = new List<FoldedEvent>();
        for (int i = 0; i < keys.Length;)
        {
            (int period, int repeats) = Repetition(keys, i);
            for (int j = 0; j < period; j++)
            {
                folded.Add(new FoldedEvent(Fold.Event, events[i + j], 1, []));
            }

            i += period;
            if (repeats > 0)
            {
                int count = period * repeats;
                string[] subjects = [.. Enumerable.Range(i, count).Select(at => events[at].Subject).Where(subject => subject.Length > 0).Distinct()];
                folded.Add(new FoldedEvent(Fold.Repetition, events[i + count - 1], count, subjects));
                i += count;
            }
        }

        return folded;
    }

    /// <summary>The pattern at <paramref name="start"/> that covers most when repeated; one event and no repetition if there is none.</summary>
    private static (int Period, int Repeats) Repetition(string[] keys, int start)
    {
        (int Period, int Repeats) best = (1, 0);
        for (int period = 1; period <= LongestPeriod && start + 2 * period <= keys.Length; period++)
        {
            int same = 0;
            while (start + period + same < keys.Length && keys[start + same] == keys[start + period + same])
            {
                same++;
            }

            int repeats = same / period;
            if (period * repeats > best.Period * best.Repeats)
            {
                best = (period, repeats);
            }
        }

        return best;
    }

    private static List<FoldedEvent> Cut(List<FoldedEvent> folded, Func<TraceEvent, bool> important)
    {
        bool[] keep = Kept(folded, important);
        var shown = new List<FoldedEvent>();
        int omitted = 0;
        for (int i = 0; i < folded.Count; i++)
        {
            if (!keep[i])
            {
                omitted += folded[i].Count;
                continue;
            }

            if (omitted > 0)
            {
                shown.Add(new FoldedEvent(Fold.Gap, folded[i - 1].Event, omitted, []));
                omitted = 0;
            }

            shown.Add(folded[i]);
        }

        return shown;
    }

    /// <summary>The beginning, the end, and what stands around something important.</summary>
    private static bool[] Kept(List<FoldedEvent> folded, Func<TraceEvent, bool> important)
    {
        bool[] keep = new bool[folded.Count];
        for (int i = 0; i < folded.Count; i++)
        {
            keep[i] |= i < Head || i >= folded.Count - Tail;
            if (folded[i].Fold == Fold.Event && important(folded[i].Event))
            {
                int from = Math.Max(0, i - Around);
                Array.Fill(keep, true, from, Math.Min(folded.Count, i + Around + 1) - from);
            }
        }

        return keep;
    }

    /// <summary>What two events have in common that happen the same way: everything but time and numbers.</summary>
    private static string Key(TraceEvent happening) => string.Join('\u001f',
        happening.Kind, happening.Process, happening.Context, happening.Function, happening.Target, happening.Result,
        WithoutDigits(happening.Subject), WithoutDigits(happening.Detail));

    private static string WithoutDigits(string text) => new([.. text.Where(c => !char.IsAsciiDigit(c))]);
}

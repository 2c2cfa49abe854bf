using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The few trace events that tell how a run came to its end.</summary>
internal static class LastEvents
{
    private const int OfBlocked = 2;
    private const int OfAll = 3;

    /// <summary>The last events of the first blocked process, and the last of all; null where others were left out between them.</summary>
    public static IReadOnlyList<TraceEvent?> Of(RunRecord record)
    {
        bool reaches = record.TraceOmitted == 0 || record.TraceTail.Count > 0;
        IReadOnlyList<TraceEvent> events = record.TraceTail.Count > 0 ? record.TraceTail : record.Trace;
        string? process = record.End.Blocked.FirstOrDefault(one => one.Reason != "alive")?.Process;
        bool[] chosen = new bool[events.Count];
        for (int i = events.Count - 1, left = OfBlocked; i >= 0 && left > 0 && process is not null; i--)
        {
            if (events[i].Process == process)
            {
                chosen[i] = true;
                left--;
            }
        }

        for (int i = Math.Max(0, events.Count - OfAll); i < events.Count && reaches; i++)
        {
            chosen[i] = true;
        }

        return WithGaps(events, chosen);
    }

    /// <summary>Time, who, in which context, what, and the answer.</summary>
    public static void Append(Line line, TraceEvent one)
    {
        line.Column(Figures.Instant(one.AtPicoseconds), 12)
            .Column(one.Process, 14)
            .Column($"[{one.Context}]", 10, Tone.Dim)
            .Add(one.Function);
        foreach (string text in (string[])[one.Target, one.Subject])
        {
            line.Add(text.Length > 0 ? " " + text : "");
        }

        if (one.Result.Length > 0)
        {
            line.Add(" = ").Add(one.Result, one.Kind == TraceKind.Fault || one.Result.StartsWith('E') ? Tone.Accent : Tone.Plain);
        }

        line.Add(one.Detail.Length > 0 ? "  " + one.Detail : "", Tone.Dim);
    }

    private static List<TraceEvent?> WithGaps(IReadOnlyList<TraceEvent> events, bool[] chosen)
    {
        var shown = new List<TraceEvent?>();
        int before = -1;
        for (int i = 0; i < chosen.Length; i++)
        {
            if (!chosen[i])
            {
                continue;
            }

            if (before >= 0 && i > before + 1)
            {
                shown.Add(null);
            }

            shown.Add(events[i]);
            before = i;
        }

        return shown;
    }
}

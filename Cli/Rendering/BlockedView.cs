using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>Why a run did not complete: who waits for what, since when, why nobody comes, what happened last, and how to see it again.</summary>
internal sealed class BlockedView(Screen screen, string command)
{
    private const int Indent = 4;
    private const int Label = 26;
    private const int MostProcesses = 6;

    /// <summary>Writes the block under the line of the run.</summary>
    public void Write(RunRecord record, string recordPath)
    {
        WriteRule(record.End);
        WriteBlocked(record.End.Blocked);
        WriteLastEvents(record);
        Row("replay").Add($"{command} replay {ShellText.Quote(recordPath)}", Tone.Strong);
        Flush();
    }

    /// <summary>The processes that nobody will wake come first; of those that somebody may still wake only the number is told.</summary>
    private void WriteBlocked(IReadOnlyList<BlockedRecord> blocked)
    {
        List<BlockedRecord> stuck = [.. blocked.Where(one => one.Reason != "alive")];
        foreach (BlockedRecord one in stuck.Take(MostProcesses))
        {
            Row(one.Process, Tone.Strong)
                .Add("waits on ").Add(one.WaitsOn, Tone.Accent).Add($" since {Figures.Instant(one.SincePicoseconds)}")
                .Add("  in ").Add(one.Function)
                .Add(one.Source is null ? "" : "  " + one.Source, Tone.Dim);
            Flush();
            Row("").Add(one.Owner);
            Flush();
        }

        int more = stuck.Count - MostProcesses;
        int alive = blocked.Count - stuck.Count;
        WriteNote(more, more == 1 ? "more process waits like this" : "more processes wait like this");
        WriteNote(alive, alive == 1 ? "process waits for one that still runs" : "processes wait for others that still run");
    }

    private void WriteNote(int count, string text)
    {
        if (count > 0)
        {
            Row("").Add($"{count} {text}; the record has all", Tone.Dim);
            Flush();
        }
    }

    private void WriteRule(RunEnd end)
    {
        if (end.Rule is not null || end.Message is not null)
        {
            Row(end.Rule is null ? "reason" : $"rule {end.Rule}").Add(end.Message ?? "");
            Flush();
        }
    }

    private void WriteLastEvents(RunRecord record)
    {
        string label = "last events";
        foreach (TraceEvent? one in LastEvents.Of(record))
        {
            Line line = Row(label);
            if (one is null)
            {
                line.Add("...", Tone.Dim);
            }
            else
            {
                LastEvents.Append(line, one);
            }

            Flush();
            label = "";
        }
    }

    private Line _row = new();

    private Line Row(string label, Tone tone = Tone.Dim) => _row = new Line().To(Indent).Column(label, Label - Indent, tone);

    private void Flush() => screen.Write(_row, hang: Label);
}

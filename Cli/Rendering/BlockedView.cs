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
        screen.WriteWhole(Row("replay").Add($"{command} replay {ShellText.Quote(recordPath)}", Tone.Strong));
    }

    /// <summary>The processes that nobody will wake come first; of those that somebody may still wake only the number is told.</summary>
    private void WriteBlocked(IReadOnlyList<BlockedRecord> blocked)
    {
        List<BlockedRecord> stuck = [.. blocked.Where(one => one.Reason != "alive")];
        BlockedRecord? before = null;
        foreach (BlockedRecord one in stuck.Take(MostProcesses))
        {
            if (before is not null && (before.WaitsOn, before.Function, before.Source) == (one.WaitsOn, one.Function, one.Source))
            {
                Write(Row(one.Process, Tone.Strong).Add("likewise: ").Add(one.Owner));
            }
            else
            {
                WriteProcess(one);
            }

            before = one;
        }

        int more = stuck.Count - MostProcesses;
        int alive = blocked.Count - stuck.Count;
        WriteNote(more, more == 1 ? "more process waits for ever" : "more processes wait for ever");
        WriteNote(alive, alive == 1 ? "process waits for one that still runs" : "processes wait for others that still run");
    }

    private void WriteProcess(BlockedRecord one)
    {
        Write(Row(one.Process, Tone.Strong)
            .Add("waits on ").Add(one.WaitsOn, Tone.Accent).Add($" since {Figures.Instant(one.SincePicoseconds)}")
            .Add("  in ").Add(one.Function)
            .Add(one.Source is null ? "" : "  " + one.Source, Tone.Dim));
        string why = one.Reason switch
        {
            "nobody" => "nobody will wake it: ",
            "cycle" => "they wait for each other: ",
            _ => "",
        };
        Write(Row("").Add(why, Tone.Accent).Add(one.Owner));
    }

    private void WriteNote(int count, string text)
    {
        if (count > 0)
        {
            Write(Row("").Add($"{count} {text}; the record has all", Tone.Dim));
        }
    }

    /// <summary>The rule that ended the run; its message only where it says more than the blocked processes do.</summary>
    private void WriteRule(RunEnd end)
    {
        bool told = end.Message is null || end.Blocked.Any(one => one.Owner.Length > 0 && end.Message.Contains(one.Owner, StringComparison.Ordinal));
        if (end.Rule is not null || !told)
        {
            string text = string.Join(": ", ((string?[])[end.Rule, told ? null : end.Message]).OfType<string>());
            Write(Row(end.Rule is null ? "reason" : "rule").Add(text).Add(end.Rule is null ? "" : "  docs/rules.md", Tone.Dim));
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

            screen.Write(line, hang: Label + 12);
            label = "";
        }
    }

    private static Line Row(string label, Tone tone = Tone.Dim) => new Line().To(Indent).Column(label, Label - Indent, tone);

    private void Write(Line line) => screen.Write(line, hang: Label);
}

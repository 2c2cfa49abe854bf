using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>A failing schedule, one line for each step that matters: its number, who calls whom on the lanes, and what it was.</summary>
internal sealed class LanesView(Screen screen, bool fullTrace)
{
    private const int LeastText = 42;   // columns for what happens
    private const int LongestName = 14;

    private bool _told;

    public void Write(FailingTrace failure, TraceDigest digest)
    {
        IReadOnlyList<TraceRow> rows = fullTrace ? TraceRows.All(failure.Steps) : TraceRows.Short(failure.Steps, digest.Matters, digest.Turning?.Number);
        int numbers = rows.Select(row => row.Numbers.Length).DefaultIfEmpty().Max() + 4;
        int longest = Math.Min(LongestName, failure.Steps.Select(step => step.Process.Length).DefaultIfEmpty().Max());
        int pitch = Math.Max(7, longest + 1);
        var lanes = new LaneSet(failure, digest, rows, Math.Clamp((screen.TextWidth - numbers - LeastText) / pitch, 2, 6));
        WriteHead(lanes, numbers, pitch);
        foreach (TraceRow row in rows)
        {
            WriteRow(row, lanes, digest, (numbers, pitch));
        }

        WriteNever(failure, lanes, digest, (numbers, pitch));
    }

    private void WriteHead(LaneSet lanes, int numbers, int pitch)
    {
        var head = new Line().Column("step", numbers, Tone.Dim);
        foreach (string name in lanes.Names)
        {
            head.Column(name.Length < pitch ? name : name[..(pitch - 2)] + "~", pitch, Tone.Strong);
        }

        screen.WriteWhole(head);
    }

    private void WriteRow(TraceRow row, LaneSet lanes, TraceDigest digest, (int Numbers, int Pitch) at)
    {
        TraceStep first = row.Steps[0];
        bool turning = first.Number == digest.Turning?.Number;
        Tone tone = turning || (row.Kind == TraceRowKind.Step && StepMeaning.IsBad(first)) ? Tone.Bad : Tone.Plain;
        string number = turning ? $">{row.Numbers}<" : row.Numbers + " ";
        var line = new Line().Add(number.PadLeft(at.Numbers - 2), turning ? Tone.Bad : Tone.Dim).To(at.Numbers);
        if (row.Kind == TraceRowKind.Folded)
        {
            string hint = _told ? "" : " (see --steps)";
            _told = true;
            Finish(line, lanes, row.Steps[^1].Number, new LaneRow(lanes.Marks(row.Steps[^1].Number), at.Pitch),
                new Line().Add((row.Steps.Count == 1 ? "1 step that does not matter" : $"{row.Steps.Count} steps that do not matter") + hint, Tone.Dim), at);
            return;
        }

        int from = lanes.Of(first.Process);
        var cells = new LaneRow(lanes.Marks(row.Steps[^1].Number), at.Pitch);
        if (from >= 0)
        {
            int to = lanes.Of(lanes.Destination(first));
            _ = to >= 0 && to != from ? cells.Step(from, tone).Arrow(from, to, StepMeaning.IsBad(first), tone) : cells.Step(from, tone);
        }

        Finish(line, lanes, row.Steps[^1].Number, cells, Text(row, from < 0, tone), at);
    }

    private static Line Text(TraceRow row, bool named, Tone tone)
    {
        TraceStep step = row.Steps[0];
        string who = named ? step.Process + ": " : "";
        if (row.Kind == TraceRowKind.Likewise)
        {
            string subjects = row.Subjects;
            string last = StepMeaning.Detail(row.Steps[^1]);
            return new Line().Add(who + (subjects.Length > 0 ? subjects + " likewise" : "likewise"), Tone.Dim).Add(last.Length > 0 ? "  " + last : "", Tone.Dim);
        }

        string context = step.Context is "hardirq" or "softirq" ? $"[{step.Context}] " : "";
        string detail = StepMeaning.Detail(step);
        return new Line().Add(who).Add(context, Tone.Dim).Add(StepMeaning.Text(step), StepMeaning.Shows(step) ? tone : Tone.Dim).Add(detail.Length > 0 ? "  " + detail : "", Tone.Dim);
    }

    /// <summary>The text beside the lanes; where it needs more lines, the lanes go on beside them.</summary>
    private void Finish(Line line, LaneSet lanes, int number, LaneRow cells, Line text, (int Numbers, int Pitch) at)
    {
        int left = at.Numbers + lanes.Names.Count * at.Pitch + 1;
        cells.AppendTo(line);
        foreach (Line part in Wrapping.Wrap(text, Math.Max(20, screen.TextWidth - left), hang: 2))
        {
            line.To(left);
            foreach ((string piece, Tone tone) in part.Pieces)
            {
                line.Add(piece, tone);
            }

            screen.WriteWhole(line);
            line = new Line().To(at.Numbers);
            new LaneRow(lanes.Marks(number), at.Pitch).AppendTo(line);
        }
    }

    /// <summary>What the one who hangs is still waiting for, where it would come from.</summary>
    private void WriteNever(FailingTrace failure, LaneSet lanes, TraceDigest digest, (int Numbers, int Pitch) at)
    {
        BlockedRecord? task = digest.Stuck.FirstOrDefault(one => one.Reason == "nobody");
        TraceEvent? wait = task is null ? null : digest.LastWait(task.Process);
        int from = lanes.Of(wait?.Target ?? "");
        int to = lanes.Of(task?.Process ?? "");
        if (wait is null || wait.Subject.Length == 0 || from < 0 || to < 0 || from == to)
        {
            return;
        }

        int end = failure.Steps.Count;
        var line = new Line().Add("never".PadLeft(at.Numbers - 2), Tone.Bad).To(at.Numbers);
        var cells = new LaneRow(lanes.Marks(end), at.Pitch).Never(from, to, Tone.Bad);
        Finish(line, lanes, end, cells, new Line().Add($"the callback of {wait.Subject} that {task!.WaitsOn} waits for", Tone.Bad), at);
    }
}

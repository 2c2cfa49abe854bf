using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The end of a failing schedule in the kernel's words: who hangs, where, what for, and why it never comes.</summary>
internal sealed class HungTaskView(Screen screen)
{
    private const int Label = 14;
    private const int Most = 6;

    public void Write(ExplorationResult result, FailingTrace failure, TraceDigest digest)
    {
        if (digest.Stuck.Count == 0 || result.Found is not ("deadlock" or "lost-wakeup" or null))
        {
            WriteBug(result);
        }

        if (digest.Stuck.Count > 0)
        {
            WriteTask(failure, digest.Stuck[0], digest);
        }

        WriteOpen(failure);
        WriteOthers(failure, digest);
    }

    private void WriteBug(ExplorationResult result)
    {
        string what = result.Found switch
        {
            "corruption" => "BUG: data corruption",
            "livelock" => "INFO: livelock: every task that can run does, and none gets anywhere",
            "io-error" => "I/O error",
            { } word => "BUG: " + word,
            null => "BUG",
        };
        screen.Write(new Line().Add(what, Tone.Bad).Add(result.Message is null ? "" : ": " + result.Message), hang: 2);
    }

    private void WriteTask(FailingTrace failure, BlockedRecord task, TraceDigest digest)
    {
        string why = task.Reason switch
        {
            "cycle" => "those who could wake it wait for each other",
            "nobody" => "no runnable task can wake it",
            _ => "nothing says who could wake it",
        };
        screen.Write(new Line().Add("INFO: task ", Tone.Bad).Add(task.Process, Tone.Bad).Add($" blocked for ever ({why})", Tone.Bad), hang: 2);
        string sleep = digest.LastWait(task.Process)?.Detail ?? "";
        Row($"state:{State(task)}", new Line().Add(task.Function, Tone.Strong).Add(sleep.Length > 0 ? " -> " + sleep : "").Add(task.Source is null ? "" : "  " + task.Source, Tone.Dim));
        var waits = new Line().Add(task.WaitsOn, Tone.Accent).Add(digest.LastStep(task.Process) is { } step ? $" since step {step}" : "");
        WaitChain chain = WaitChain.Of(task, WaitChain.ProcessesOf(failure));
        bool alone = chain.Links.Count > 2 && task.Reason == "nobody";
        Row("waits for", alone ? waits.Add($", which only {chain.Links[2].Name} can bring") : waits);
        if (task.Owner.Length > 0)
        {
            bool only = task.Owner.StartsWith("only ", StringComparison.Ordinal);
            Row(only ? "held up by" : "but", new Line().Add(only ? task.Owner["only ".Length..] : task.Owner));
        }
    }

    /// <summary>What was handed on and never came back.</summary>
    private void WriteOpen(FailingTrace failure)
    {
        IReadOnlyList<OpenRequest> open = OpenRequest.Of(failure.Steps);
        if (open.Count > 0)
        {
            string more = open.Count > Most ? $" and {open.Count - Most} more" : "";
            Row("still owed", new Line().Add(string.Join(", ", open.Take(Most).Select(Owed)) + more));
        }
    }

    private static string Owed(OpenRequest one) => $"{one.Subject} (since step {one.Step}{(one.Answer.Length > 0 ? ", answered " + one.Answer : "")})";

    private void WriteOthers(FailingTrace failure, TraceDigest digest)
    {
        string label = "other tasks";
        var groups = digest.Stuck.Skip(1).GroupBy(one => (one.Function, one.WaitsOn, one.Source, Likewise: one.Owner == digest.Stuck[0].Owner)).ToList();
        foreach (var group in groups.Take(Most))
        {
            string[] names = [.. group.Take(Most).Select(one => one.Process)];
            string and = group.Count() > Most ? $" and {group.Count() - Most} more" : "";
            Row(label, new Line().Add($"{string.Join(", ", names)}{and} {(group.Key.Likewise ? "likewise" : "too")}: state:{State(group.First())}  {group.Key.Function} waits for {group.Key.WaitsOn}")
                .Add(group.Key.Source is null ? "" : "  " + group.Key.Source, Tone.Dim));
            label = "";
        }

        int more = groups.Skip(Most).Sum(group => group.Count()) + digest.Alive;
        if (more > 0)
        {
            Row(label, new Line().Add(more == 1 ? "1 more waits" : $"{more} more wait"));
            label = "";
        }

        var blocked = failure.End.Blocked.Select(one => one.Process).ToHashSet();
        string[] idle = [.. failure.Steps.Select(step => step.Process).Distinct().Where(one => !blocked.Contains(one))];
        if (idle.Length > 0 && failure.End.Ends == "deadlock")
        {
            Row(label, new Line().Add(string.Join(", ", idle.Take(Most)) + (idle.Length > Most ? $" and {idle.Length - Most} more" : "") + ": idle or done", Tone.Dim));
        }
    }

    /// <summary>The kernel waits for events of aio in an interruptible sleep; the waits of drivers and dm-crypt are not.</summary>
    private static string State(BlockedRecord task) =>
        task.Function == "read_events" || task.Function.Contains("interruptible", StringComparison.Ordinal) ? "S" : "D";

    private void Row(string label, Line text)
    {
        var line = new Line().To(2).Column(label, Label - 2, Tone.Dim);
        foreach ((string piece, Tone tone) in text.Pieces)
        {
            line.Add(piece, tone);
        }

        screen.Write(line, hang: Label);
    }
}

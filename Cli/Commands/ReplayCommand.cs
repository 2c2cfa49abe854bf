using System.CommandLine;
using System.Globalization;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim replay</c>: runs a record or a schedule again and stops at the first event that differs.</summary>
internal static class ReplayCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("record") { HelpName = "RECORD", Description = "A .run file of a run, or a .sched file of an exploration." };
        var follow = new Option<bool>("--follow") { Description = "Of a schedule whose scenario has changed: go along as far as it fits." };
        var command = new Command("replay", "Run a record or a schedule again and compare it event by event.") { file, follow };
        command.SetAction(parsed => (int)Replay(parsed.GetValue(file) ?? "", parsed.GetValue(follow), surroundings));
        return command;
    }

    private static ExitCode Replay(string path, bool follow, Surroundings surroundings)
    {
        if (ScheduleReplayCommand.IsSchedule(path))
        {
            return ScheduleReplayCommand.Replay(path, follow, surroundings);
        }

        return follow ? throw new UsageException("--follow is for schedules (.sched); a record is always replayed event by event") : Replay(path, surroundings);
    }

    private static ExitCode Replay(string path, Surroundings surroundings)
    {
        RunRecord record = RunRecordFile.Read(path);
        ReplayResult result = Replayer.Replay(record, surroundings.Cancellation);
        if (result.Errors.Count > 0)
        {
            string lines = string.Join(Environment.NewLine, result.Errors);
            throw new InputException($"{path}: the scenario in the record cannot be run{Environment.NewLine}{lines}");
        }

        var screen = new Screen(surroundings);
        if (result.Divergence is { } divergence)
        {
            WriteDivergence(screen, divergence, result.RecordedVersion);
            return ExitCode.ReplayDiverged;
        }

        screen.Write(new Line().Add("same", Tone.Good).Add(": ")
            .Add($"{Figures.Count(result.Events)} events, fingerprint {Figures.Fingerprint(result.Fingerprint)}"));
        return ExitCode.Success;
    }

    private static void WriteDivergence(Screen screen, Divergence divergence, string? recordedVersion)
    {
        string number = divergence.Number > 0 ? " " + divergence.Number.ToString(CultureInfo.InvariantCulture) : "";
        screen.Write(new Line().Add("diverged", Tone.Bad).Add($" at {divergence.What}{number}"));
        screen.Write(new Line().Column("  recorded", 12, Tone.Dim).Add(Or(divergence.Recorded)), hang: 12);
        screen.Write(new Line().Column("  now", 12, Tone.Dim).Add(Or(divergence.Got)), hang: 12);
        if (recordedVersion is not null)
        {
            screen.Write(new Line().Column("  version", 12, Tone.Dim).Add($"the record was written by CryptoSim {recordedVersion}"), hang: 12);
        }
    }

    private static string Or(string text) => text.Length > 0 ? text : "nothing";
}

using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim replay</c> of a schedule: takes the recorded choices again on the scenario that the schedule names.</summary>
internal static class ScheduleReplayCommand
{
    /// <summary>Whether a file begins like a schedule. One that cannot be read does not.</summary>
    public static bool IsSchedule(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            char[] start = new char[ScheduleFile.Format.Length];
            return reader.Read(start) == start.Length && start.AsSpan().SequenceEqual(ScheduleFile.Format);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return path.EndsWith(ExploreFiles.Schedule, StringComparison.Ordinal);
        }
    }

    public static ExitCode Replay(string path, bool follow, Surroundings surroundings)
    {
        Schedule schedule = SavedSchedules.ReadSchedule(path);
        ScheduleReplay replay = Prepare(path, schedule);
        if (!follow && !replay.IsSameMachine)
        {
            throw new InputException($"{path}: {schedule.Scenario} describes another machine than the one this schedule was found on; --follow goes along as far as it fits");
        }

        TracedResult result = replay.Run(strict: !follow);
        var screen = new Screen(surroundings);
        if (result.Diverged is { } diverged)
        {
            screen.Write(new Line().Add(diverged.ToString(), Tone.Bad), hang: 2);
            return ExitCode.ReplayDiverged;
        }

        string end = FailureSignature.Describe(result.End!);
        bool same = !follow || schedule.Expect.Length == 0 || schedule.Expect == end;
        screen.Write(new Line().Add(follow ? "followed" : "same", Tone.Good).Add($": {Figures.Count(result.Steps.Count)} steps, {end}")
            .Add(same ? "" : $"; recorded: {schedule.Expect}", Tone.Accent));
        return ExitCode.Success;
    }

    private static ScheduleReplay Prepare(string path, Schedule schedule)
    {
        if (schedule.Scenario.Length == 0)
        {
            throw new InputException($"{path}: names no scenario; write a line 'scenario FILE'");
        }

        try
        {
            return ScheduleReplay.Of(schedule, ScenarioFiles.Read(schedule.Scenario, schedule.Set, []));
        }
        catch (UsageException wrong)
        {
            // What is wrong with an assignment is wrong in the file here.
            throw new InputException($"{path}: {wrong.Message}");
        }
    }
}

using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli;

/// <summary>Schedules that failed before, which an exploration replays before it searches.</summary>
internal static class SavedSchedules
{
    /// <summary>Finds the schedule of each variant: the one that was named, or the one that an earlier exploration left in the output directory.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="follow">A schedule that was named; null for none.</param>
    /// <param name="directory">The output directory.</param>
    /// <exception cref="InputException">The named file is not a schedule.</exception>
    public static Func<ExploreTarget, Schedule?> Of(Scenario scenario, string? follow, string directory)
    {
        if (follow is null)
        {
            return target => Left(Path.Combine(directory, ExploreFiles.Stem(scenario, target) + ExploreFiles.Schedule), target);
        }

        Schedule named = ReadSchedule(follow);
        return target => named.Variant.Length == 0 || named.Variant == target.Variant ? named : null;
    }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="InputException">It is not one.</exception>
    public static Schedule ReadSchedule(string path)
    {
        try
        {
            return ScheduleFile.Read(path);
        }
        catch (ScheduleException cause)
        {
            throw new InputException(cause.Message);
        }
    }

    /// <summary>A file that is not there, is damaged or is about another variant is no schedule to begin with.</summary>
    private static Schedule? Left(string path, ExploreTarget target)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            Schedule schedule = ScheduleFile.Read(path);
            return schedule.Variant == target.Variant || schedule.Sha256 == target.Sha256() ? schedule : null;
        }
        catch (ScheduleException)
        {
            return null;
        }
    }
}

using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Runs a stored schedule again on the machine of the scenario that it names.</summary>
public sealed class ScheduleReplay
{
    private readonly Schedule _schedule;

    private ScheduleReplay(Schedule schedule, ExploreTarget target) => (_schedule, Target) = (schedule, target);

    /// <summary>The machine: the variant with the assignments of the schedule.</summary>
    public ExploreTarget Target { get; }

    /// <summary>Whether the machine is the one that the schedule was found on; true if the schedule does not say.</summary>
    public bool IsSameMachine => _schedule.Sha256.Length == 0 || _schedule.Sha256 == Target.Sha256();

    /// <summary>Prepares a replay.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="scenario">Its scenario, read with the schedule's assignments.</param>
    /// <exception cref="NotExplorableException">The scenario does not have the variant.</exception>
    public static ScheduleReplay Of(Schedule schedule, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(scenario);
        bool known = schedule.Variant.Length == 0 ? scenario.Variants.Count == 0 : scenario.FindVariant(schedule.Variant) is not null;
        return known
            ? new ScheduleReplay(schedule, ExploreTarget.Of(scenario, schedule.Variant.Length == 0 ? [] : [schedule.Variant], fullSize: true)[0])
            : throw new NotExplorableException($"{scenario.Path}: there is no variant '{schedule.Variant}', which the schedule is about");
    }

    /// <summary>Runs it.</summary>
    /// <param name="strict">Stops where the run leaves the schedule; otherwise goes along as far as it fits, and on without preemption.</param>
    public TracedResult Run(bool strict)
    {
        using IExplorable model = ScenarioExplorer.FactoryOf(Target).Build(traced: true);
        return strict ? new TracedRun().Replay(model, _schedule) : new TracedRun().Follow(model, _schedule);
    }
}

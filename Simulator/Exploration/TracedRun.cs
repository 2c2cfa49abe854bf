using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>A run told step by step.</summary>
public sealed record TracedResult
{
    /// <summary>Its steps.</summary>
    public required IReadOnlyList<TraceStep> Steps { get; init; }

    /// <summary>How it ended; null when it was broken off.</summary>
    public required RunEnd? End { get; init; }

    /// <summary>Where it left its schedule; null when it did not.</summary>
    public ScheduleDivergence? Diverged { get; init; }

    /// <summary>Choices of another process although the last one could have gone on.</summary>
    public required int Preemptions { get; init; }

    /// <summary>The choices taken, as many as are needed to take them again.</summary>
    public required IReadOnlyList<string> Choices { get; init; }
}

/// <summary>Runs a model that was built with a trace, and says of each step what happened in it.</summary>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
public sealed class TracedRun(int stepLimit = 100_000)
{
    /// <summary>Replays a schedule strictly: stops at the first choice, happening or end that is not as the schedule says.</summary>
    /// <param name="model">Built with a trace, at its start.</param>
    /// <param name="schedule">What to replay.</param>
    public TracedResult Replay(IExplorable model, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var choices = new FollowedChoices(schedule.Choices, strict: true);
        return new StrictReplay(model, schedule, choices, NewTelling(model, schedule, choices)).Run();
    }

    /// <summary>Follows a schedule as far as it goes: drops choices that are not open, and goes on without preemption.</summary>
    /// <param name="model">Built with a trace, at its start.</param>
    /// <param name="schedule">What to follow.</param>
    public TracedResult Follow(IExplorable model, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return NewTelling(model, schedule, new FollowedChoices(schedule.Choices, strict: false)).Run();
    }

    /// <summary>Runs under any strategy.</summary>
    /// <param name="model">Built with a trace, at its start.</param>
    /// <param name="open">Which steps may be next.</param>
    /// <param name="strategy">Picks among them.</param>
    public TracedResult Run(IExplorable model, OpenSteps open, IChooserStrategy strategy) => new Telling(model, open, strategy, stepLimit).Run();

    private Telling NewTelling(IExplorable model, Schedule schedule, FollowedChoices choices) =>
        new(model, OpenSteps.Of(schedule.Mode, schedule.Jitter), choices, stepLimit);
}

namespace CryptoSim.Simulator.Exploration;

/// <summary>A failing schedule made as small as was found.</summary>
public sealed record ShrinkResult
{
    /// <summary>The schedule, with as few explicit choices as were found: after the last the run goes on without preemption.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>Choices of another process although the last one could have gone on.</summary>
    public required int Preemptions { get; init; }

    /// <summary>Steps of the run.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of the run before.</summary>
    public required int StepsBefore { get; init; }

    /// <summary>Runs that were made.</summary>
    public required int Replays { get; init; }

    /// <summary>How it ends.</summary>
    public required Recording.RunEnd End { get; init; }
}

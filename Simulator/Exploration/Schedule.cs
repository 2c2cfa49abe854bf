namespace CryptoSim.Simulator.Exploration;

/// <summary>All choices of one run: which process took each step. Names, not indices, so that it survives changes of the engine.</summary>
public sealed record Schedule
{
    /// <summary>Scenario file it belongs to, as the user named it; empty if there is none.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>SHA-256 of the resolved scenario, lower-case hexadecimal; empty if there is none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The variant; empty if the scenario has none.</summary>
    public string Variant { get; init; } = "";

    /// <summary><c>--set</c> assignments in force, in order.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>What could be reordered.</summary>
    public ExplorationMode Mode { get; init; }

    /// <summary>Half the width of the interval of each delay in <see cref="ExplorationMode.Jitter"/>, as a share of the delay [0..1].</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>Name of the process of each step at which more than one could run; steps with one enabled process are not stored.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the run shows at some steps: where a strict replay notices that it has left the recorded one.</summary>
    public IReadOnlyList<ScheduleAnchor> Anchors { get; init; } = [];

    /// <summary>How the run ends, e.g. <c>hung kcryptd/0 @ ctx->restart</c>.</summary>
    public string Expect { get; init; } = "";
}

/// <summary>A happening that a replay must show.</summary>
/// <param name="Step">1-based number of the step.</param>
/// <param name="Happening">The step's label: <c>caam_jr_enqueue(req#4) = EBUSY</c>.</param>
public sealed record ScheduleAnchor(int Step, string Happening);

/// <summary>Instants that make the order of a schedule the order in time. Delays are only stretched, never shortened: each step comes when it is modelled to, or as late as the order asks.</summary>
/// <param name="Steps">Process and instant of each step, in order.</param>
/// <param name="Stretched">The delays that had to be longer than modelled.</param>
public sealed record Realisation(IReadOnlyList<RealisedStep> Steps, IReadOnlyList<StretchedDelay> Stretched);

/// <summary>One step and when it happens.</summary>
/// <param name="Process">Who runs.</param>
/// <param name="At">When.</param>
public sealed record RealisedStep(string Process, VirtualTime At);

/// <summary>A delay that the order needs longer than it is modelled.</summary>
/// <param name="Step">1-based number of the step that ends it.</param>
/// <param name="Process">Who waited.</param>
/// <param name="Modelled">As modelled.</param>
/// <param name="Needed">As the order needs it.</param>
public sealed record StretchedDelay(int Step, string Process, Duration Modelled, Duration Needed);

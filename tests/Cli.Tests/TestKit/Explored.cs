using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests;

/// <summary>Explorations made by hand, to look at how they are shown.</summary>
internal static class Explored
{
    public const string Text = """
        scenario: tiny
        about: A tiny one.
        hardware:
          cpus: 1
          jr0: { model: caam-jr, depth: 4, setup: 8us, bandwidth: 120MiB/s }
          sda: { model: disk, latency: 90us, bandwidth: 200MiB/s }
        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: sda, sector_size: 512B }
        workload:
          writer: { device: dm-0, rw: write, bs: 4KiB, iodepth: 1, size: 16KiB }
        variants:
          caam-4.1: { jr0.when_full: drop-request }
          caam-fixed: { jr0.when_full: backlog }
        explore: { set: { writer.size: 4KiB } }

        """;

    public static Scenario Scenario { get; } = ScenarioReader.ReadText(Text, "tiny.yaml").Scenario!;

    public static ExplorationResult Proved { get; } = new()
    {
        Verdict = ExplorationVerdict.Proved,
        Counts = new ExplorationCounts { Schedules = 201, States = 1234, Transitions = 2345, Fused = 300, Depth = 40, PeakBytes = 345_000, GoodEnds = 1, LargestState = 220, Seconds = 0.5 },
        EndStates = ["00ab", "00cd"],
        Phases = [new PhaseReport(0, "default schedule", "passed", "1 schedule, 40 steps", false) { Seconds = 0.002 }, new PhaseReport(2, "breadth-first", "PROVED", "1,234 states", false)],
    };

    public static ExplorationResult Hangs { get; } = new()
    {
        Verdict = ExplorationVerdict.Failed,
        Found = "deadlock",
        Rule = "DM-C5",
        Message = "req#4 was answered EBUSY and is in no queue",
        Counts = new ExplorationCounts { Schedules = 1, States = 277, Doomed = 91, Seconds = 0.1 },
        Phases = [new PhaseReport(0, "default schedule", "HUNG", "1 schedule, 6 steps", true)],
        Failure = new FailingTrace
        {
            Schedule = new Schedule { Choices = ["kcryptd/0", "kcryptd/0"] },
            Steps = [Step(1, "caam_jr_enqueue(req#1) = EINPROGRESS"), Step(2, "caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY")],
            PointOfNoReturn = 2,
            End = Synthetic.Deadlock("caam-4.1").End,
            Preemptions = 0,
        },
    };

    public static ExploredScenario Both(ExplorationResult? first = null, ExplorationResult? second = null) =>
        new(Scenario, [Variant("caam-4.1", first ?? Hangs, ExploreStanding.Broken), Variant("caam-fixed", second ?? Proved, ExploreStanding.AsExpected)]);

    public static ExploredVariant Variant(string name, ExplorationResult result, ExploreStanding standing, ClaimOutcome? claim = null) => new()
    {
        Target = ExploreTarget.Of(Scenario, [name], fullSize: false).Single(),
        Options = new ExplorationOptions(),
        Result = result,
        Claim = claim,
        Standing = standing,
        WallSeconds = 0.25,
    };

    private static TraceStep Step(int number, string label) => new(number, "kcryptd/0", "process", label, "JobRing.cs:97", [], ["kcryptd/0", "jr0/0"]);
}

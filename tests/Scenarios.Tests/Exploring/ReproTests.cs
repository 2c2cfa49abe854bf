using System.Diagnostics;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;
using Xunit.Abstractions;

namespace CryptoSim.Scenarios.Tests.Exploring;

/// <summary>A hang that was found without time, shown in an ordinary run.</summary>
public sealed class ReproTests(ITestOutputHelper output)
{
    /// <summary>The engine is so fast that the ring never fills in time: only another order of events does it.</summary>
    private const string Fast = """
        scenario: fast-engine
        about: A driver that drops a request, behind an engine that is never late.
        time_limit: 1s
        replicate: 2
        hardware:
          cpus: 2
          jr0: { model: caam-jr, depth: 4, setup: 1ns, bandwidth: 100GiB/s, interrupt: { latency: 0ns } }
          sda: { model: disk, latency: 90us, bandwidth: 200MiB/s }
        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: sda, sector_size: 512B, submit: wait-on-busy }
        workload:
          writer: { device: dm-0, rw: write, bs: 4KiB, iodepth: 1, size: 4KiB }
        variants:
          drop: { jr0.when_full: drop-request }
          keep: { jr0.when_full: backlog }
        """;

    private const string Law = """
        scenario: law
        workload:
          law: { model: ring-law, contexts: 1, requests: 8, usable: 4, engines: 1 }
        variants:
          drop-request: { law.when_full: drop-request }
        """;

    [Fact]
    public void The_engine_is_fast_enough_that_an_ordinary_run_completes() =>
        Assert.All(Run(Read(Fast)).Runs, run => Assert.Equal("completed", run.Record.End.Ends));

    [Fact]
    public void A_hang_found_without_time_hangs_in_the_ordinary_run_of_its_repro_and_replays()
    {
        Scenario scenario = Read(Fast);
        (RealisedRun realised, Realisation shortened) = Realise(scenario, "drop");
        Assert.NotEmpty(shortened.Stretched);
        string text = ReproYaml.Write(scenario.ResolvedYaml(scenario.FindVariant("drop"), scenario.Sweep.Points()[0]), "fast-engine, variant drop", shortened, realised.End!);
        output.WriteLine(text);

        Scenario repro = Read(text);
        Assert.StartsWith("hung kcryptd/0 @ ctx->restart", repro.Story, StringComparison.Ordinal);
        ExperimentResult result = Run(repro);
        CompletedRun run = Assert.Single(result.Runs);
        Assert.True(result.Holds, string.Join('\n', result.Claims));
        Assert.Equal(FailureSignature.Of(realised.End!), FailureSignature.Of(run.Record.End));

        ReplayResult replay = Replayer.Replay(run.Record, CancellationToken.None);
        Assert.Null(replay.Divergence);
        Assert.Equal(run.Record.End.Fingerprint, replay.Fingerprint);
    }

    [Fact]
    public void The_whole_order_in_time_is_the_explored_run_bit_for_bit()
    {
        Scenario scenario = Read(Fast);
        (RealisedRun realised, _) = Realise(scenario, "drop");
        string text = ReproYaml.Write(scenario.ResolvedYaml(scenario.FindVariant("drop"), scenario.Sweep.Points()[0]), "fast-engine", realised.Realisation, realised.End!);
        Assert.Equal(realised.End!.Fingerprint, Assert.Single(Run(Read(text)).Runs).Record.End.Fingerprint);
    }

    [Fact]
    public void The_driver_that_keeps_the_request_does_not_hang_under_any_order_tried()
    {
        using BuiltRuns runs = new(new MachineRuns(Read(Fast), "keep"));
        RunHunter hunter = new(runs);
        Assert.Null(hunter.Hunt(new NoPreemption(), 1).Failure);
        Assert.Null(hunter.Hunt(new RandomWalk(1), 100).Failure);
        Assert.Null(hunter.Hunt(new PriorityChanges(3, 1), 100).Failure);
    }

    [Theory]
    [InlineData("caam-deadlock", "caam-4.1")]
    [InlineData("law", "drop-request")]
    public void A_hang_of_the_full_ring_shrinks_and_replays(string name, string variant)
    {
        Scenario scenario = name == "law" ? Read(Law) : ScenarioReader.Read(Path.Combine(Repository.Root, "Scenarios", "Library", name + ".yaml")).Scenario!;
        MachineRuns machines = new(scenario, variant);
        using BuiltRuns runs = new(machines);
        HuntFailure failure = new RunHunter(runs).Hunt(new RandomWalk(1), 100).Failure!;
        new Shrinker(runs).Shrink(failure.Schedule, failure.Signature);
        long start = Stopwatch.GetTimestamp();
        ShrinkResult shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms {shrunk.Replays} replays, {shrunk.StepsBefore} -> {shrunk.Steps} steps, {shrunk.Preemptions} preemptions, {failure.Schedule.Choices.Count} -> {shrunk.Schedule.Choices.Count} choices");
        output.WriteLine(ScheduleFile.ToText(shrunk.Schedule));
        using IExplorable traced = machines.Build(traced: true);
        TracedResult replay = new TracedRun().Replay(traced, shrunk.Schedule);
        output.WriteLine(string.Join('\n', replay.Steps.Select(s => $"{s.Number,3} {s.Process,-14} {s.Context,-8} {s.Label,-60} {s.Source}")));
        Assert.Null(replay.Diverged);
        Assert.Equal(failure.Signature, FailureSignature.Of(replay.End!));
        TraceStep refused = Assert.Single(replay.Steps, s => s.Label.EndsWith("= EBUSY", StringComparison.Ordinal));
        Assert.StartsWith("caam_jr_enqueue(req#", refused.Label, StringComparison.Ordinal);
        Assert.Contains(".cs:", refused.Source, StringComparison.Ordinal);
        Assert.Equal((0, 0), (shrunk.Preemptions, shrunk.Schedule.Choices.Count));
        Assert.InRange(shrunk.Steps, 1, shrunk.StepsBefore);
    }

    private static (RealisedRun Run, Realisation Shortened) Realise(Scenario scenario, string variant)
    {
        using BuiltRuns runs = new(new MachineRuns(scenario, variant));
        HuntFailure failure = new RunHunter(runs).Hunt(new RandomWalk(1), 1000).Failure!;
        ShrinkResult shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        Realiser realiser = new(runs);
        RealisedRun realised = realiser.Realise(shrunk.Schedule);
        Assert.Null(realised.Diverged);
        Assert.Equal(failure.Signature, FailureSignature.Of(realised.End!));
        return (realised, realiser.Shorten(realised));
    }

    private static Scenario Read(string text)
    {
        ScenarioReadResult read = ScenarioReader.ReadText(text, "test.yaml");
        Assert.Empty(read.Errors);
        return read.Scenario!;
    }

    private static ExperimentResult Run(Scenario scenario) => new Experiment(scenario, new ExperimentOptions()).Run(null, CancellationToken.None);
}

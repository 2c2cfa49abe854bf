using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Tests.Running;

/// <summary>Records of real machines, replayed.</summary>
public class ReplayTests
{
    private static readonly Lazy<ExperimentResult> Recorded = new(() =>
        new Experiment(Samples.Read(Samples.Deadlock), new ExperimentOptions { KeepTrace = true, KeepSamples = true }).Run(null, default));

    private static RunRecord Deadlock => Recorded.Value.Runs[0].Record;

    [Fact]
    public void The_scenario_of_the_mail_does_what_it_claims()
    {
        Assert.True(Recorded.Value.Holds, string.Join('\n', Recorded.Value.Claims));
        Assert.Equal(["deadlock", "completed", "completed"], Recorded.Value.Runs.Select(r => r.Record.End.Ends));
    }

    [Fact]
    public void Two_threads_give_the_same_records_as_one()
    {
        ExperimentResult two = new Experiment(Samples.Read(Samples.Deadlock), new ExperimentOptions { Jobs = 2 }).Run(null, default);
        Assert.Equal(Recorded.Value.Runs.Select(r => r.Record.End.Fingerprint), two.Runs.Select(r => r.Record.End.Fingerprint));
        Assert.Equal(Recorded.Value.Runs.SelectMany(r => r.Record.Metrics), two.Runs.SelectMany(r => r.Record.Metrics));
    }

    [Fact]
    public void A_record_replays_to_the_same_run()
    {
        foreach (CompletedRun run in Recorded.Value.Runs)
        {
            ReplayResult result = Replayer.Replay(run.Record, default);
            Assert.True(result.Same, result.Divergence?.ToString());
            Assert.Equal((run.Record.End.Events, run.Record.End.Fingerprint), (result.Events, result.Fingerprint));
            Assert.Equal(run.Record.Trace.Count + run.Record.TraceTail.Count, result.TraceCompared);
        }
    }

    [Fact]
    public void A_point_of_a_sweep_replays_from_the_whole_scenario()
    {
        string text = Samples.Deadlock.Replace("variants:", "sweep: { writer.iodepth: [1, 2] }\nvariants:");
        ExperimentResult result = new Experiment(Samples.Read(text, "jr0.setup=exponential(8us)"), new ExperimentOptions { Seed = 5 }).Run(null, default);
        Assert.All(result.Runs, run => Assert.True(Replayer.Replay(run.Record, default).Same));
    }

    [Fact]
    public void A_replay_stops_at_the_first_event_that_differs_and_shows_both()
    {
        List<TraceEvent> trace = [.. Deadlock.Trace];
        trace[6] = trace[6] with { Result = "ENOSPC" };
        Divergence? divergence = Replayer.Replay(Deadlock with { Trace = trace }, default).Divergence;
        Assert.Equal(("trace event", 7L), (divergence?.What, divergence?.Number));
        Assert.Contains("ENOSPC", divergence!.Recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("ENOSPC", divergence.Got, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_fewer_or_more_events_diverges_where_one_is_missing()
    {
        Divergence? more = Replayer.Replay(Deadlock with { Trace = [.. Deadlock.Trace.SkipLast(1)] }, default).Divergence;
        Assert.Equal(("trace event", Deadlock.Trace.Count, ""), (more?.What, more?.Number, more?.Recorded));
        Divergence? fewer = Replayer.Replay(Deadlock with { Trace = [.. Deadlock.Trace, Deadlock.Trace[0]] }, default).Divergence;
        Assert.Equal(("trace event", Deadlock.Trace.Count + 1, ""), (fewer?.What, fewer?.Number, fewer?.Got));
    }

    [Fact]
    public void Without_a_trace_the_end_the_fingerprint_and_the_metrics_are_compared()
    {
        RunRecord bare = Deadlock with { Trace = [] };
        Assert.True(Replayer.Replay(bare, default).Same);
        Assert.Equal("fingerprint", Replayer.Replay(bare with { End = bare.End with { Fingerprint = 1 } }, default).Divergence?.What);
        Assert.Equal("end", Replayer.Replay(bare with { End = bare.End with { Ends = "completed" } }, default).Divergence?.What);
        Assert.Equal("metric", Replayer.Replay(bare with { Metrics = [.. bare.Metrics.Skip(1)] }, default).Divergence?.What);
    }

    [Fact]
    public void A_record_whose_scenario_cannot_be_read_says_so()
    {
        ReplayResult broken = Replayer.Replay(Deadlock with { Identity = Deadlock.Identity with { Resolved = "nonsense" } }, default);
        Assert.Equal(ScenarioErrorKind.Input, broken.Errors.Single().Kind);
        ReplayResult strange = Replayer.Replay(Deadlock with { Identity = Deadlock.Identity with { Variant = "caam-4.2" } }, default);
        Assert.Equal("--variant caam-4.2: no such variant; did you mean 'caam-4.1'?", strange.Errors.Single().ToString());
    }
}

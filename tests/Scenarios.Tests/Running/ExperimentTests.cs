using CryptoSim.Models.Caam;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Tests.Running;

public class ExperimentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Runs_come_in_the_order_of_the_file_whatever_the_number_of_threads(int jobs)
    {
        ExperimentResult result = Run(Samples.Sweep, Iops, new ExperimentOptions { Jobs = jobs });
        string[] order = [.. result.Runs.Select(r => $"{r.Record.Identity.Variant} {r.Record.Identity.Point[0].Value} {r.Record.Identity.Replication}")];
        string[] expected =
        [
            .. from variant in new[] { "revert", "wait-every-request" }
               from depth in new[] { 1, 8, 64 }
               from replication in new[] { 0, 1, 2 }
               select $"{variant} {depth} {replication}",
        ];
        Assert.Equal(expected, order);
        Assert.True(result.Holds, string.Join('\n', result.Claims));
    }

    [Fact]
    public void Claims_between_variants_are_evaluated_at_every_point_and_others_where_they_ask()
    {
        ExperimentResult result = Run(Samples.Sweep, Iops);
        Assert.Equal(["randwrite.iodepth=1", "randwrite.iodepth=8", "randwrite.iodepth=64"], result.Claims.Where(c => c.Claim.Contains("1.5 *")).Select(c => c.Point));
        Assert.Equal(["randwrite.iodepth=64"], result.Claims.Where(c => c.Claim.Contains("utilization")).Select(c => c.Point));
        Assert.Equal(6, result.Claims.Count(c => c.Claim == "ends: completed"));
    }

    [Fact]
    public void A_claim_about_a_variant_that_was_not_chosen_is_not_told()
    {
        ExperimentResult result = Run(Samples.Sweep, Iops, new ExperimentOptions { Variants = ["revert"] });
        Assert.Equal(9, result.Runs.Count);
        Assert.DoesNotContain(result.Claims, c => c.Variant.Length == 0);
    }

    [Fact]
    public void A_run_that_nothing_is_claimed_about_has_to_complete()
    {
        Assert.Empty(Run(Samples.Small, (_, _) => Records.Result("completed", null)).Claims);
        ExperimentResult result = Run(Samples.Small, (_, _) => Records.Result("time-limit", null));
        Assert.False(result.Holds);
        Assert.Equal(new ClaimOutcome("ends: completed", "", "", false, "time-limit", null), result.Claims.Single());
    }

    [Fact]
    public void What_a_variant_says_about_its_end_replaces_what_every_says()
    {
        string text = Samples.Small + """

            variants: { a: {}, b: { jr0.depth: 8 } }
            expect:
              every: { ends: completed, holds: [jr0.x == 1] }
              b: { ends: deadlock, rule: DM-C5, blocked: { kcryptd/*: ctx->restart } }
            """;
        ExperimentResult result = Run(text, (machine, _) => Ring(machine).Depth == 8
            ? Records.Result("deadlock", [Records.Blocked("kcryptd/0", "ctx->restart io#1")], ("jr0.x", 1, ""))
            : Records.Result("completed", null, ("jr0.x", 1, "")));
        Assert.Equal(
            ["a ends: completed", "a jr0.x == 1", "b ends: deadlock", "b rule: DM-C5", "b blocked: kcryptd/*: ctx->restart", "b jr0.x == 1"],
            result.Claims.Select(c => $"{c.Variant} {c.Claim}"));
        Assert.True(result.Holds);
    }

    [Fact]
    public void A_broken_claim_about_an_end_says_what_was_found()
    {
        ExperimentResult result = Run(Samples.Deadlock, (_, _) => Records.Result("completed", null, ("jr0.backlog.max", 2, "")));
        Assert.False(result.Holds);
        Assert.Equal(
            ["ends: deadlock = completed", "blocked: kcryptd/0: ctx->restart = nobody waits; completed", "jr0.backlog.max <= 1 = 2"],
            result.Claims.Where(c => !c.Holds).Select(c => $"{c.Claim} = {c.Value}"));
    }

    [Fact]
    public void An_end_has_to_be_the_same_in_every_replication()
    {
        string text = Samples.Small.Replace("scenario: small", "scenario: small\nreplicate: 4") + "\nexpect: { every: { ends: completed } }";
        ExperimentResult result = Run(text, (_, run) => Records.Result(run.Replication == 2 ? "deadlock" : "completed", null));
        Assert.Equal("deadlock in 1 of 4 replications", result.Claims.Single().Value);
    }

    [Fact]
    public void What_only_exploring_can_tell_is_not_counted_as_a_claim()
    {
        ExperimentResult result = Run(Samples.Small + "\nexpect: { every: { explore: proved } }", (_, _) => Records.Result("completed", null));
        Assert.Empty(result.Claims);
        Assert.Equal(["every: explore: proved"], result.NotEvaluated);
    }

    [Fact]
    public void A_model_that_throws_is_a_fault_of_its_run_and_the_others_go_on()
    {
        ExperimentResult result = Run(Samples.Sweep, (machine, run) => Depth(machine) == 8 ? throw new InvalidOperationException("two\nlines") : Iops(machine, run));
        Assert.Equal(18, result.Runs.Count);
        Assert.Equal(6, result.Runs.Count(r => r.Record.End is { Ends: "fault", Message: "the model failed: InvalidOperationException: two lines" }));
        Assert.False(result.Holds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_experiment_leaves_nothing(int jobs)
    {
        using CancellationTokenSource source = new();
        Experiment experiment = new(Samples.Read(Samples.Sweep), new ExperimentOptions { Jobs = jobs }, FakeMachine.Factory(Iops, chunks: 1_000_000));
        CancelAfter progress = new(source);
        Assert.Throws<OperationCanceledException>(() => experiment.Run(progress, source.Token));
    }

    [Fact]
    public void Progress_counts_runs_and_never_goes_beyond_the_whole()
    {
        Watcher watcher = new();
        new Experiment(Samples.Read(Samples.Sweep), new ExperimentOptions { Jobs = 2 }, FakeMachine.Factory(Iops, chunks: 3)).Run(watcher, default);
        Assert.Equal(new ExperimentProgress(18, 18, 1, 18 * 3 * 65_536), watcher.Last);
        Assert.All(watcher.Fractions, f => Assert.InRange(f, 0, 1));
    }

    [Fact]
    public void Samples_and_traces_are_kept_for_the_first_replication_alone()
    {
        List<(int Replication, int Bios, int Steps, int Trace)> kept = [];
        Run(Samples.Sweep.Replace("[1, 8, 64]", "[8, 64]"), (machine, run) =>
        {
            kept.Add((run.Replication, run.BiosKept, run.StepsKept, run.TraceKept));
            return Iops(machine, run);
        }, new ExperimentOptions { Variants = ["revert"], KeepSamples = true, KeepTrace = true });
        Assert.Equal([(0, 200_000, 20_000, 20_000), (1, 0, 0, 0), (2, 0, 0, 0)], kept.Take(3));
    }

    [Fact]
    public void A_seed_of_the_command_line_goes_into_the_runs_and_the_records()
    {
        ExperimentResult result = Run(Samples.Small, (_, run) => Records.Result("completed", null, ("seed", run.Seed, "")), new ExperimentOptions { Seed = 42 });
        Assert.Equal((42UL, 42m), (result.Runs[0].Record.Identity.Seed, result.Runs[0].Record.Metrics[0].Value));
    }

    private static ExperimentResult Run(string text, Func<MachineOptions, Models.MachineRunOptions, Models.MachineResult> machine, ExperimentOptions? options = null) =>
        new Experiment(Samples.Read(text), options ?? new ExperimentOptions(), FakeMachine.Factory(machine)).Run(null, default);

    /// <summary>The revert does twice as much.</summary>
    private static Models.MachineResult Iops(MachineOptions machine, Models.MachineRunOptions run)
    {
        bool revert = ((Models.DmCrypt.DmCryptOptions)machine.Stack[0].Options).Submit == Models.DmCrypt.Submit.WaitOnBusy;
        return Records.Result(
            "completed", null, ("randwrite.iops", (revert ? 200 : 100) + run.Replication, "/s"), ("jr0.utilization", revert ? 0.9m : 0.3m, ""), ("depth", Depth(machine), ""));
    }

    private static int Depth(MachineOptions machine) => ((JobOptions)machine.Workload[0].Options).Iodepth;

    private static JobRingOptions Ring(MachineOptions machine) => (JobRingOptions)machine.Hardware.Devices[0].Options;

    private sealed class CancelAfter(CancellationTokenSource source) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => source.Cancel();
    }

    private sealed class Watcher : IProgress<ExperimentProgress>
    {
        public ExperimentProgress? Last { get; private set; }

        public List<double> Fractions { get; } = [];

        public void Report(ExperimentProgress value)
        {
            Last = value;
            Fractions.Add(value.Fraction);
        }
    }
}

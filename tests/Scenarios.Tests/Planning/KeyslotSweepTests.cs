using CryptoSim.Models;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Tests.Planning;

public sealed class KeyslotSweepTests
{
    private static readonly KeyslotPlan Tiny = new()
    {
        Slots = [1, 4, 8],
        Keys = [1, 8],
        Mixes = [30],
        Designs = ["sleep-at-submit", "sleep-at-request", "requeue", "park", "fallback"],
        Runtime = Duration.FromMilliseconds(20),
        Warmup = Duration.FromMilliseconds(10),
        Replications = 2,
    };

    private static readonly Lazy<PlannedKeyslots> Run = new(() => Plan(Tiny, jobs: 2));

    [Fact]
    public void A_plan_is_the_same_with_any_number_of_threads() =>
        Assert.Equal(Text(Run.Value), Text(Plan(Tiny, jobs: 1)));

    [Fact]
    public void Another_seed_is_another_plan() =>
        Assert.NotEqual(Text(Run.Value), Text(Plan(Tiny with { Seed = 2 }, jobs: 2)));

    [Fact]
    public void Points_come_by_design_mix_keys_and_slots()
    {
        Assert.Equal(
            ["sleep-at-submit 30 1 1", "sleep-at-submit 30 1 4", "sleep-at-submit 30 1 8", "sleep-at-submit 30 8 1"],
            Run.Value.Cells.Take(4).Select(cell => $"{cell.Point.Design} {cell.Point.Mix} {cell.Point.Keys} {cell.Point.Slots}"));
        Assert.Equal(5 * 2 * 3, Run.Value.Cells.Count);
        Assert.Equal(5 * 2, Run.Value.Needed.Count);
        Assert.All(Run.Value.Cells, cell => Assert.Equal((2, null), (cell.Replications, cell.Problem)));
    }

    [Fact]
    public void With_a_slot_for_every_key_nobody_waits_and_nothing_is_programmed_any_more()
    {
        foreach (KeyslotCell cell in Run.Value.Cells.Where(cell => cell.Point.Slots >= cell.Point.Keys))
        {
            Assert.Equal(0, cell.Mean(KeyslotFigure.NoSlot));
            Assert.InRange(cell.Mean(KeyslotFigure.Programs)!.Value, 0, 200);   // the coldest key may come late
            Assert.InRange(cell.Mean(KeyslotFigure.EncryptedLost)!.Value, -0.01, 0.01);
        }
    }

    [Fact]
    public void With_one_slot_for_eight_keys_they_wait_and_requeue_drags_unencrypted_io_along()
    {
        Assert.All(Run.Value.Cells.Where(cell => cell.Point is { Keys: 8, Slots: 1 }), cell =>
        {
            Assert.InRange(cell.Mean(KeyslotFigure.NoSlot)!.Value, 0.3, 1);
            Assert.InRange(cell.Mean(KeyslotFigure.Programs)!.Value, 1000, 10_000);   // one takes 100 us
        });
        Assert.InRange(At("fallback", 8, 1).Mean(KeyslotFigure.PlainAdded)!.Value, 0, 1e6);
        Assert.InRange(At("requeue", 8, 1).Mean(KeyslotFigure.EncryptedLost)!.Value, 0.1, 1);
        Assert.InRange(At("sleep-at-submit", 8, 1).Mean(KeyslotFigure.PlainAdded)!.Value, 0, 1e6);
        Assert.InRange(At("requeue", 8, 1).Mean(KeyslotFigure.PlainAdded)!.Value, 1e9, 1e11);
    }

    [Theory]
    [InlineData("sleep-at-submit")]
    [InlineData("sleep-at-request")]
    [InlineData("requeue")]
    [InlineData("park")]
    [InlineData("fallback")]
    public void A_slot_that_no_key_is_left_for_changes_nothing_at_all(string design)
    {
        KeyslotScene scene = KeyslotScene.Of(Tiny);
        KeyslotPoint point = new(design, 30, 4, 4);

        (ulong Fingerprint, string Metrics) enough = Machine(scene, point);

        Assert.Equal(enough, Machine(scene, point with { Slots = 5 }));
        Assert.Equal(enough, Machine(scene, point with { Slots = 64 }));
        Assert.NotEqual(enough, Machine(scene, point with { Slots = 3 }));
    }

    [Fact]
    public void Programs_are_those_of_the_closed_form_where_nobody_waits()
    {
        KeyslotPlan plan = Tiny with { Slots = [16], Keys = [64], Designs = ["sleep-at-request"], ProgramKey = Duration.FromMicroseconds(3), ProgrammingSleeps = false, Runtime = Duration.FromMilliseconds(500) };

        KeyslotCell cell = Plan(plan, jobs: 2).Cells.Single();

        Assert.Equal(0, cell.Mean(KeyslotFigure.NoSlot));
        Assert.InRange(cell.Mean(KeyslotFigure.Programs)!.Value / cell.ProgramsLru!.Value, 0.95, 1.05);
        Assert.True(cell.Mean(KeyslotFigure.Programs) > cell.ProgramsFloor);
    }

    [Fact]
    public void A_plan_that_is_cancelled_keeps_the_replications_that_were_done()
    {
        using CancellationTokenSource cancellation = new();
        KeyslotPlan plan = Tiny with { Replications = 5 };
        KeyslotSweep sweep = new(plan, KeyslotScene.Of(plan));
        int distinct = sweep.Runs / 5;

        PlannedKeyslots planned = sweep.Run(1, (done, _) => Cancel(done == (2 * distinct) + 3), cancellation.Token);

        Assert.False(planned.IsComplete);
        Assert.InRange(planned.Runs, (2 * distinct) + 3, (2 * distinct) + 4);
        Assert.All(planned.Cells, cell => Assert.Equal(2, cell.Replications));
        Assert.Equal(Text(Run.Value), Text(planned));   // as if only those had been asked for

        void Cancel(bool now)
        {
            if (now)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void A_point_that_is_cancelled_before_its_first_run_has_no_values()
    {
        PlannedKeyslots planned = new KeyslotSweep(Tiny, KeyslotScene.Of(Tiny)).Run(1, null, new CancellationToken(canceled: true));

        Assert.All(planned.Cells, cell => Assert.Equal((0, null, (double?)null), (cell.Replications, cell.Problem, cell.Mean(KeyslotFigure.NoSlot))));
        Assert.All(planned.Needed, needed => Assert.Equal((false, null), (needed.IsEnough, needed.Lacks)));
    }

    [Fact]
    public void A_run_that_does_not_complete_is_a_problem_of_its_point_alone()
    {
        KeyslotSweep sweep = new(Tiny, KeyslotScene.Of(Tiny), FakeMachine.Factory((options, _) => Slots(options) switch
        {
            4 => Records.Result("deadlock", null),
            8 => throw new InvalidOperationException("too many"),
            _ => Records.Result("completed", null, ("ufs0.keyslot.waited.share", 0.25m, ""), ("encrypted.iops", 100, "/s")),
        }));

        PlannedKeyslots planned = sweep.Run(2, null, CancellationToken.None);

        Assert.Equal((0.25, null), (At(planned, "park", 8, 1).Mean(KeyslotFigure.NoSlot), At(planned, "park", 8, 1).Problem));
        Assert.Equal((null, "deadlock"), (At(planned, "park", 8, 4).Mean(KeyslotFigure.NoSlot), At(planned, "park", 8, 4).Problem));
        Assert.Equal("fault: the model failed: InvalidOperationException: too many", At(planned, "park", 8, 8).Problem);
    }

    [Fact]
    public void Delays_are_measured_against_the_same_replication_on_a_host_that_needs_no_slots()
    {
        KeyslotSweep sweep = new(Tiny with { Slots = [1], Keys = [8] }, KeyslotScene.Of(Tiny), FakeMachine.Factory((options, run) =>
            Records.Result("completed", null,
                ("plain.ios", 10, ""), ("encrypted.ios", 10, ""), ("encrypted.latency.mean", 0, "ns"), ("encrypted.iops", Slots(options) == 0 ? 100 : 90, "/s"),
                ("plain.latency.mean", run.Replication + (Slots(options) == 0 ? 1000 : 3000), "ns"))));

        KeyslotCell cell = sweep.Run(1, null, CancellationToken.None).Cells[0];

        Assert.Equal([2e6, 2e6], cell.Values[KeyslotFigure.PlainAdded]);   // [ps]
        Assert.Equal(0.1, cell.Mean(KeyslotFigure.EncryptedLost)!.Value, 12);
    }

    private static PlannedKeyslots Plan(KeyslotPlan plan, int jobs) => new KeyslotSweep(plan, KeyslotScene.Of(plan)).Run(jobs, null, CancellationToken.None);

    private static KeyslotCell At(string design, int keys, int slots) => At(Run.Value, design, keys, slots);

    private static KeyslotCell At(PlannedKeyslots planned, string design, int keys, int slots) =>
        planned.Cells.Single(cell => cell.Point.Design == design && cell.Point.Keys == keys && cell.Point.Slots == slots);

    private static int Slots(MachineOptions machine) => ((InlineCryptoHostOptions)machine.Hardware.Devices[0].Options).Keyslots;

    private static string Text(PlannedKeyslots planned) => string.Join('\n',
    [
        .. planned.Cells.Select(cell => $"{cell.Point} {cell.Problem} {cell.ProgramsFloor} {cell.ProgramsLru} {string.Join(' ', cell.Values.SelectMany(pair => pair.Value))}"),
        .. planned.Needed.Select(needed => needed.ToString()),
    ]);

    private static (ulong Fingerprint, string Metrics) Machine(KeyslotScene scene, KeyslotPoint point)
    {
        using Machine machine = Models.Machine.Build(scene.At(point).Machine, new MachineRunOptions { Seed = 3, Warmup = Duration.FromMilliseconds(5), TimeLimit = Duration.FromSeconds(2) });
        machine.Run();
        MachineResult result = machine.Result();
        Assert.Equal("completed", result.End.Ends);
        return (result.End.Fingerprint, string.Join('\n', result.Metrics));
    }
}

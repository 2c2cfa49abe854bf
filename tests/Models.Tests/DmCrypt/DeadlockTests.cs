using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.DmCrypt;

public sealed class DeadlockTests
{
    private static Scene Buggy(int depth, Submit submit = Submit.WaitOnBusy)
    {
        Scene scene = new();
        return scene with
        {
            Ring = scene.Ring with { Depth = depth, WhenFull = WhenFull.DropRequest },
            Target = scene.Target with { Submit = submit },
        };
    }

    [Fact]
    public void A_request_dropped_on_a_full_ring_hangs_crypt_convert()
    {
        MachineResult result = (Buggy(depth: 4) with { TraceKept = 1000 }).With("writer", Scene.Write("4KiB")).Run();

        // Submitted each 0.5us, three entries, the first job ends at 2.5us: the fourth request at 2us finds the ring full.
        BlockedRecord worker = result.Blocked("kcryptd/0");
        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("DM-C5", result.End.Rule);
        Assert.Equal(["req#4"], result.Busy());
        Assert.Equal(("ctx->restart", "crypt_convert", "nobody"), (worker.WaitsOn, worker.Function, worker.Reason));
        Assert.Equal(2_000_000, worker.SincePicoseconds);
        Assert.Equal("req#4 was answered EBUSY by jr0 and is in no queue", worker.Owner);
        Assert.Equal(["kcryptd/0", "ctx->restart", "req#4", "(nobody)"], worker.Chain);
        Assert.StartsWith("ConvertContext.cs:", worker.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_writer_waits_for_the_bio_that_the_hung_worker_converts()
    {
        MachineResult result = Buggy(depth: 4).With("writer", Scene.Write("4KiB")).Run();
        BlockedRecord writer = result.Blocked("writer/0");

        Assert.Equal(("io_getevents", "nobody"), (writer.WaitsOn, writer.Reason));
        Assert.Equal(["writer/0", "io_getevents", "kioctx", "bio#1", "io bio#1", "kcryptd/0", "ctx->restart", "req#4", "(nobody)"], writer.Chain);
        Assert.Equal("req#4 was answered EBUSY by jr0 and is in no queue", writer.Owner);
        Assert.Equal(2, result.End.Blocked.Count);
    }

    [Fact]
    public void The_broken_promise_is_the_message_and_the_worker_that_waits_for_it_comes_first()
    {
        RunEnd end = Buggy(depth: 4).With("writer", Scene.Write("4KiB")).Run().End;

        Assert.Contains("EBUSY to a request with MAY_BACKLOG promises a callback with EINPROGRESS", end.Message, StringComparison.Ordinal);
        Assert.Equal(("kcryptd/0", "ctx->restart"), (end.Blocked[0].Process, end.Blocked[0].WaitsOn));
        Assert.Contains("EBUSY", end.Blocked[0].Owner, StringComparison.Ordinal);
        Assert.Contains("in no queue", end.Blocked[0].Owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_kept_on_a_full_ring_does_not()
    {
        Scene scene = Buggy(depth: 4);
        MachineResult result = (scene with { Ring = scene.Ring with { WhenFull = WhenFull.Backlog } }).With("writer", Scene.Write("4KiB")).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.True(result.Metric("jr0.ebusy") > 0);
        Assert.Empty(result.End.Blocked);
    }

    [Fact]
    public void Reads_hang_too()
    {
        MachineResult result = Buggy(depth: 4).With("reader", Scene.Write("4KiB") with { Rw = Rw.Read }).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("nobody", result.Blocked("reader/0").Reason);
    }

    [Fact]
    public void Once_every_worker_hangs_the_bios_behind_them_hang_as_well()
    {
        Scene scene = Buggy(depth: 4);
        MachineResult result = (scene with { Target = scene.Target with { MaxActive = 2 } }).With("writer", Scene.Write("4KiB", iodepth: 1, numjobs: 5)).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal(7, result.End.Blocked.Count);   // two workers, five writers
        Assert.All(result.End.Blocked, b => Assert.Equal("nobody", b.Reason));
        Assert.All(result.End.Blocked, b => Assert.Contains("in no queue", b.Owner, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bio_hangs_by_its_oldest_part_though_the_newest_is_finished()
    {
        // The first part of 32 units hangs, the second of one unit is written.
        Scene scene = Buggy(depth: 8);
        scene = scene with { Target = scene.Target with { MaxWriteSize = new DataSize(32 * 512) } };
        MachineResult result = scene.With("writer", Scene.WriteUnits(33)).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal(1, result.Metric("null0.ios"));
        BlockedRecord writer = result.Blocked("writer/0");
        Assert.Contains("was answered EBUSY", writer.Owner, StringComparison.Ordinal);
        Assert.Contains("kcryptd/0", writer.Chain);
    }

    // ── one hangs, another goes on ──────────────────────────────────────

    private static JobOptions Neighbour(string device, double seconds) => Scene.Write("4KiB") with
    {
        Device = device,
        NumberIos = null,
        Runtime = new Duration((long)(seconds * 1e12)),
        RateIops = 100,
    };

    [Fact]
    public void One_hung_writer_is_found_by_the_watchdog_after_120_s_while_another_goes_on()
    {
        Scene scene = Buggy(depth: 8) with { TimeLimit = Duration.FromSeconds(400) };
        MachineResult result = scene
            .With("hung", Scene.Write("64KiB"))
            .With("neighbour", Neighbour("dm-0", seconds: 300) with { Bs = new DataSize(512) })
            .Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("DM-C5", result.End.Rule);
        Assert.InRange(result.End.AtPicoseconds / 1e12, 120, 121);
        Assert.Equal("nobody", result.Blocked("hung/0").Reason);
        Assert.DoesNotContain(result.End.Blocked, b => b.Process == "neighbour/0" && b.Reason == "nobody");
        Assert.True(result.Metric("neighbour.ios") > 11_000);
    }

    [Fact]
    public void One_hung_writer_is_found_at_the_time_limit_while_another_goes_on()
    {
        Scene scene = Buggy(depth: 8) with { TimeLimit = Duration.FromSeconds(2) };
        MachineResult result = scene
            .With("hung", Scene.Write("64KiB"))
            .With("neighbour", Neighbour("dm-0", seconds: 300) with { Bs = new DataSize(512) })
            .Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal(2.0, result.End.AtPicoseconds / 1e12, 6);
        Assert.Equal("nobody", result.Blocked("hung/0").Reason);
    }

    [Fact]
    public void One_hung_writer_is_found_when_the_other_has_finished()
    {
        Scene scene = Buggy(depth: 8) with { TimeLimit = Duration.FromSeconds(400) };
        MachineResult result = scene
            .With("hung", Scene.Write("64KiB"))
            .With("neighbour", Neighbour("dm-0", seconds: 1) with { Bs = new DataSize(512) })
            .Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.InRange(result.End.AtPicoseconds / 1e12, 0.9, 1.1);
        Assert.Equal(100, result.Metric("neighbour.ios"));
    }

    [Fact]
    public void A_writer_on_another_ring_goes_on_and_the_hung_one_is_still_a_deadlock()
    {
        Scene scene = Buggy(depth: 8) with { TimeLimit = Duration.FromSeconds(2) };
        MachineResult result = (scene with { SecondRing = scene.Ring with { Depth = 512 } })
            .With("hung", Scene.Write("64KiB"))
            .With("neighbour", Neighbour("dm-1", seconds: 300))
            .Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("nobody", result.Blocked("kcryptd/0").Reason);
        Assert.Equal(0, result.Metric("jr1.dropped"));
        Assert.InRange(result.Metric("neighbour.ios"), 199, 201);
    }

    [Fact]
    public void Two_writers_that_go_on_reach_the_time_limit()
    {
        Scene scene = Buggy(depth: 512) with { TimeLimit = Duration.FromSeconds(2) };
        MachineResult result = scene
            .With("one", Neighbour("dm-0", seconds: 300))
            .With("other", Neighbour("dm-0", seconds: 300))
            .Run();

        Assert.Equal("time-limit", result.End.Ends);
        Assert.Null(result.End.Rule);
    }

    [Fact]
    public void With_same_cpu_crypt_only_the_CPU_of_the_hung_worker_is_dead()
    {
        // Clones submit from CPU 0 and 1; the ring is full when the second one's bio comes to it only because of the first.
        Scene scene = Buggy(depth: 8) with { Cpus = 2, TimeLimit = Duration.FromSeconds(2) };
        MachineResult result = (scene with { Target = scene.Target with { SameCpuCrypt = true } })
            .With("hung", Scene.Write("64KiB"))
            .With("neighbour", Neighbour("dm-0", seconds: 300) with { Bs = new DataSize(512), Numjobs = 2 })
            .Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Contains(result.End.Blocked, b => b.Process == "kcryptd/0" && b.Reason == "nobody");
        Assert.DoesNotContain(result.End.Blocked, b => b.Process == "kcryptd/1");
        Assert.True(result.Metric("neighbour.ios") > 150);
    }

    // ── the single-request caller of DM-C6 ──────────────────────────────

    private static SingleRequestOptions Callers(int numjobs) => new() { Engine = "jr0", Bs = new DataSize(512), Numjobs = numjobs, NumberIos = 20 };

    [Fact]
    public void The_single_request_caller_is_harmless_with_a_backlog()
    {
        Scene scene = new();
        MachineResult result = (scene with { Ring = scene.Ring with { Depth = 4 } }).With("hash", Callers(8)).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(160, result.Metric("hash.ios"));
        Assert.True(result.Metric("jr0.ebusy") > 0);
    }

    [Fact]
    public void The_single_request_caller_hangs_too_when_its_request_is_dropped()
    {
        MachineResult result = Buggy(depth: 4).With("hash", Callers(4)).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("DM-C5", result.End.Rule);
        BlockedRecord caller = result.Blocked("hash/3");
        Assert.Equal("crypto_wait", caller.WaitsOn);
        Assert.Equal("req#4 was answered EBUSY by jr0 and is in no queue", caller.Owner);
        Assert.Single(result.End.Blocked);
        Assert.Equal(60, result.Metric("hash.ios"));
    }

    [Fact]
    public void The_single_request_caller_sees_an_error_when_it_is_rejected()
    {
        Scene scene = Buggy(depth: 4);
        MachineResult result = (scene with { Ring = scene.Ring with { WhenFull = WhenFull.Reject } }).With("hash", Callers(4)).Run();

        Assert.Equal("io-error", result.End.Ends);
        Assert.True(result.Metric("hash.errors") > 0);
        Assert.Equal(80, result.Metric("hash.ios"));
    }
}

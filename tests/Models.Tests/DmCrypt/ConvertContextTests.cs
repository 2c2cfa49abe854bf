using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.DmCrypt;

public sealed class ConvertContextTests
{
    private static readonly Scene Base = new();   // 2us a job, 0.5us a submission

    private static DmCryptOptions Form(Submit submit, long wakeupUs = 0) => Base.Target with { Submit = submit, Wakeup = Scene.Us * wakeupUs };

    [Fact]
    public void Waiting_on_busy_submits_without_waiting_while_the_ring_has_room()
    {
        using TargetBench bench = new(Base.Ring, Form(Submit.WaitOnBusy));
        bench.Write("a", 0, 0, 4096);
        bench.Run();

        Assert.Equal([500, 1000, 1500, 2000, 2500, 3000, 3500, 4000], SubmissionsNs(bench));
        Assert.Equal(0, bench.Target.Meter.RestartWaits);
        Assert.Equal(["a 0@16.5"], bench.Ended);
    }

    [Fact]
    public void Waiting_for_every_request_submits_one_at_a_time()
    {
        using TargetBench bench = new(Base.Ring, Form(Submit.WaitEveryRequest));
        bench.Write("a", 0, 0, 2048);
        bench.Run();

        Assert.Equal([500, 3000, 5500, 8000], SubmissionsNs(bench));
        Assert.Equal(4, bench.Target.Meter.RestartWaits);
        Assert.Equal(1, bench.Ring.Meter.Ring.Max);
        Assert.Equal(["a 0@10"], bench.Ended);
    }

    [Fact]
    public void On_EBUSY_it_waits_until_the_request_has_left_the_backlog()
    {
        // Two entries: submissions at 0.5, 1.0, 1.5 (EBUSY); the first job ends at 2.5us and lets the third in.
        using TargetBench bench = new(Base.Ring with { Usable = 2 }, Form(Submit.WaitOnBusy));
        bench.Write("a", 0, 0, 2048);
        bench.Run();

        Assert.Equal([500, 1000, 1500, 3000], SubmissionsNs(bench));
        Assert.Equal(2, bench.Target.Meter.RestartWaits);
        Assert.Equal(["a 0@8.5"], bench.Ended);
    }

    [Fact]
    public void Waiting_for_every_request_ignores_the_notification()
    {
        // One entry, held by another bio until 2.5us: EBUSY at 0.5us, EINPROGRESS at 2.5us, done at 4.5us.
        using TargetBench bench = new(Base.Ring with { Usable = 1 }, Form(Submit.WaitEveryRequest));
        bench.Write("a", 0, 0, 512);
        bench.Write("b", 0, 8, 1024);
        bench.Run();

        Assert.Equal([500, 500, 5000], SubmissionsNs(bench));
        Assert.Equal(["a 0@2.5", "b 0@7"], bench.Ended);
    }

    [Fact]
    public void At_most_one_request_of_an_io_is_in_the_backlog()
    {
        using TargetBench bench = new(Base.Ring with { Usable = 2 }, Form(Submit.WaitOnBusy) with { MaxActive = 3 });
        for (int i = 0; i < 3; i++)
        {
            bench.Write("w" + i, 0, i * 64, 32 * 512);
        }

        bench.Run();

        Assert.Equal(3, bench.Ring.Meter.Backlog.Max);
        Assert.Equal(3, bench.Ended.Count);
    }

    [Fact]
    public void The_callback_of_the_last_request_finishes_the_io_when_the_converter_is_through()
    {
        using TargetBench bench = new(Base.Ring, Form(Submit.WaitOnBusy));
        bench.Write("a", 0, 0, 1024);
        bench.Run();

        Assert.Equal(4_500, bench.Target.Meter.Conversion.Mean / 1000);   // submitted by 1.0us, done at 4.5us
        Assert.Equal(["a 0@4.5"], bench.Ended);
        Assert.Single(bench.Below.Log);
    }

    [Fact]
    public void The_converter_finishes_the_io_when_the_last_callback_came_first()
    {
        // Three requests on two entries: the third is notified at 2.5us and finished at 6.5us, but the converter sleeps on
        // for its wake-up of 100us.
        using TargetBench bench = new(Base.Ring with { Usable = 2 }, Form(Submit.WaitOnBusy, wakeupUs: 100));
        bench.Write("a", 0, 0, 3 * 512);
        bench.Run();

        Assert.Equal(102_500, bench.Target.Meter.Conversion.Mean / 1000);
        Assert.Equal(["W 0+3@302.5"], bench.Below.Log);   // kcryptd and dmcrypt_write wake up too
        Assert.Single(bench.Ended);
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy)]
    [InlineData(Submit.WaitEveryRequest)]
    public void Each_bio_is_converted_once_submitted_once_and_ended_once(Submit submit)
    {
        for (long wakeup = 0; wakeup < 12; wakeup += 3)
        {
            using TargetBench bench = new(Base.Ring with { Usable = 3, Engines = 2 }, Form(submit, wakeup));
            for (int i = 0; i < 20; i++)
            {
                bench.Write("w" + i, i * 900, i * 8, (1 + i % 8) * 512);
            }

            bench.Run();

            Assert.Equal(20, bench.Ended.Select(e => e[..e.IndexOf(' ', StringComparison.Ordinal)]).Distinct().Count());
            Assert.Equal(20, bench.Ended.Count);
            Assert.Equal(20, bench.Below.Log.Count);
            Assert.Equal(20, bench.Target.Meter.Writes);
        }
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy)]
    [InlineData(Submit.WaitEveryRequest)]
    public void A_rejected_request_ends_the_bio_with_EIO_and_nothing_is_written(Submit submit)
    {
        using TargetBench bench = new(Base.Ring with { Usable = 2, WhenFull = WhenFull.Reject }, Form(submit));
        for (int i = 0; i < 3; i++)
        {
            bench.Write("w" + i, 0, i * 64, 32 * 512);
        }

        Outcome outcome = bench.Run();

        Assert.Equal(End.Completed, outcome.End);
        Assert.Contains(bench.Ended, e => e.Contains(" EIO@", StringComparison.Ordinal));
        Assert.Equal(3, bench.Ended.Count);
        Assert.Equal(bench.Ended.Count(e => e.Contains(" 0@", StringComparison.Ordinal)), bench.Below.Log.Count);
        Assert.True(bench.Ring.Meter.NoSpace > 0);
        Assert.Equal(0, bench.Ring.Used);
    }

    [Fact]
    public void After_a_rejection_the_io_waits_for_its_requests_in_flight()
    {
        // Submitted at 0.5 and 1.0us, rejected at 1.5us; the second job ends at 4.5us.
        using TargetBench bench = new(Base.Ring with { Usable = 2, WhenFull = WhenFull.Reject }, Form(Submit.WaitOnBusy));
        bench.Write("a", 0, 0, 4096);
        bench.Run();

        Assert.Equal([500, 1000, 1500], SubmissionsNs(bench));
        Assert.Equal(["a EIO@4.5"], bench.Ended);
    }

    [Fact]
    public void An_io_that_failed_is_reused_without_a_trace_of_it()
    {
        using TargetBench bench = new(Base.Ring with { Usable = 2, WhenFull = WhenFull.Reject }, Form(Submit.WaitOnBusy));
        bench.Write("a", 0, 0, 4096);
        bench.Write("b", 100_000, 0, 1024);
        bench.Run();

        Assert.Equal(["a EIO@4.5", "b 0@104.5"], bench.Ended);
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy)]
    [InlineData(Submit.WaitEveryRequest)]
    public void Requests_are_submitted_in_process_context_and_called_back_in_softirq(Submit submit)
    {
        using TargetBench bench = new(Base.Ring with { Usable = 2 }, Form(submit));
        bench.Write("a", 0, 0, 4096);
        bench.Run();

        Assert.All(bench.Trace.Where(e => e.Function == "caam_jr_enqueue"), e => Assert.Equal(("kcryptd/0", "process"), (e.Process, e.Context)));
        Assert.All(bench.Trace.Where(e => e.Kind == TraceKind.Callback && e.Target == "kcryptd_async_done"), e => Assert.Equal("softirq", e.Context));
    }

    [Theory]
    [InlineData(512, 32)]
    [InlineData(1024, 16)]
    [InlineData(2048, 8)]
    [InlineData(4096, 4)]
    public void One_request_is_submitted_for_each_sector(long sectorSize, int requests)
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { SectorSize = new DataSize(sectorSize) });
        bench.Write("a", 0, 0, 16384);
        bench.Run();

        Assert.Equal(requests, bench.Cipher.Submitted);
        Assert.Equal(16384, bench.Ring.Meter.Bytes);
        Assert.Single(bench.Ended);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Waiting_for_every_request_never_sees_EBUSY_while_the_conversions_fit_the_ring(int usable)
    {
        for (int workers = 1; workers <= 6; workers++)
        {
            using TargetBench bench = new(Base.Ring with { Usable = usable }, Form(Submit.WaitEveryRequest) with { MaxActive = workers }, cpus: 8);
            for (int i = 0; i < 12; i++)
            {
                bench.Write("w" + i, 0, i * 64, 8 * 512);
            }

            bench.Run();

            Assert.Equal(workers > usable, bench.Cipher.Busy > 0);
            Assert.Equal(12, bench.Ended.Count);
        }
    }

    private static IEnumerable<decimal> SubmissionsNs(TargetBench bench) =>
        bench.Trace.Where(e => e.Kind == TraceKind.Call && e.Function == "caam_jr_enqueue").Select(e => e.AtPicoseconds / 1000m);
}

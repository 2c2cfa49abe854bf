using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>Submission in tasks of their own: arrivals go on while submitters sleep.</summary>
public sealed class IoWorkersTests
{
    private static readonly Duration Us = Duration.FromMicroseconds(1);

    /// <summary>One arrival each microsecond; each submission sleeps for 10us.</summary>
    private static JobBench Run(SubmitsIn context, int? limit = null, Duration hop = default) => new(
        new JobOptions
        {
            Device = "sda",
            Bs = DataSize.FromKibibytes(4),
            NumberIos = 20,
            Iodepth = 100,
            RateIops = 1_000_000,
            SubmitsIn = context,
            IowqMaxWorkers = limit,
        },
        latency: Us,
        submission: Us * 10,
        hop);

    private static decimal[] Times(JobBench bench) => [.. bench.Bios.Select(b => b.At / 1000)];

    [Fact]
    public void A_submission_that_sleeps_keeps_a_process_from_its_next_arrival()
    {
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 10m), Times(Run(SubmitsIn.Process)));
    }

    [Fact]
    public void With_io_wq_arrivals_go_on_while_submissions_sleep()
    {
        JobBench bench = Run(SubmitsIn.IoWq);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (decimal)i), Times(bench));
        Assert.Equal(End.Completed, bench.Outcome.End);
        Assert.Equal(20, bench.Group.Latencies.Histogram.Count);
    }

    [Fact]
    public void There_are_as_many_workers_as_submissions_that_sleep_at_a_time()
    {
        Assert.Equal(10, Run(SubmitsIn.IoWq).Bios.Select(b => b.Process).Distinct().Count());
        Assert.Equal(3, Run(SubmitsIn.IoWq, limit: 3).Bios.Select(b => b.Process).Distinct().Count());
    }

    [Fact]
    public void Beyond_the_limit_a_bio_waits_for_the_first_worker_that_is_idle()
    {
        Assert.Equal([0m, 1, 2, 10, 11, 12, 20], Times(Run(SubmitsIn.IoWq, limit: 3)).Take(7));
    }

    [Fact]
    public void Waking_a_worker_costs_one_hop_and_a_new_one_no_less()
    {
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i + 3m), Times(Run(SubmitsIn.IoWq, hop: Us * 3)).Take(10));
    }
}

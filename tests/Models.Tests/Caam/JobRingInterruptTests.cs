using CryptoSim.Models.Caam;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Caam;

public sealed class JobRingInterruptTests
{
    private static readonly JobRingOptions Quick = new Scene().Ring;   // 2us a job, no other cost

    private static JobRingOptions Coalesced(int count, long timerUs) =>
        Quick with { Coalesce = new CoalesceOptions { Count = count, Timer = Scene.Us * timerUs } };

    private static JobRingOptions Costly(long hardirqNs, long taskletNs, int cpu = 0) => Quick with
    {
        Interrupt = new InterruptOptions
        {
            Latency = Duration.Zero,
            Hardirq = Duration.FromNanoseconds(hardirqNs),
            Tasklet = Duration.FromNanoseconds(taskletNs),
            Cpu = cpu,
        },
    };

    [Fact]
    public void Without_coalescing_each_job_that_finishes_alone_raises_an_interrupt()
    {
        using RingBench bench = new(Quick);
        bench.Submit(3);
        bench.Run();

        Assert.Equal(3, bench.Ring.Meter.Interrupts);
    }

    [Fact]
    public void Jobs_that_finish_while_the_tasklet_runs_share_its_interrupt()
    {
        // Jobs end at 2, 4, 6, 8us. The tasklet takes 3us for each: 2-5, 5-8, 8-11, 11-14 (DM-J11).
        using RingBench bench = new(Costly(hardirqNs: 0, taskletNs: 3_000));
        bench.Submit(4);
        bench.Run();

        Assert.Equal(1, bench.Ring.Meter.Interrupts);
        Assert.Equal([5_000m, 8_000m, 11_000m, 14_000m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void The_hardirq_handler_runs_once_for_each_interrupt_and_the_tasklet_for_each_job()
    {
        // Interrupt at 2us: hardirq until 2.5, tasklet until 2.7. The next at 4us.
        using RingBench bench = new(Costly(hardirqNs: 500, taskletNs: 200));
        bench.Submit(2);
        bench.Run();

        Assert.Equal([2_700m, 4_700m], bench.Requests.Select(r => r.Times.Single()));
        Assert.Equal(2 * 700_000, bench.Kernel.Cpus.InterruptPicoseconds);
        Assert.Equal(0, bench.Kernel.Cpus.TaskPicoseconds);
    }

    [Fact]
    public void The_handler_runs_in_hardirq_and_the_callbacks_in_softirq()
    {
        using RingBench bench = new(Costly(hardirqNs: 500, taskletNs: 200));
        bench.Submit(1);
        bench.Run();

        Assert.Equal("hardirq", Assert.Single(bench.Trace, e => e.Function == "caam_jr_interrupt").Context);
        Assert.Equal("softirq", Assert.Single(bench.Trace, e => e.Function == "caam_jr_dequeue").Context);
    }

    [Fact]
    public void Coalescing_waits_for_the_count()
    {
        using RingBench bench = new(Coalesced(count: 3, timerUs: 1000));
        bench.Submit(6);
        bench.Run(until: 100_000);

        Assert.Equal(2, bench.Ring.Meter.Interrupts);
        Assert.Equal([6_000m, 6_000m, 6_000m, 12_000m, 12_000m, 12_000m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void Below_the_count_the_timer_raises_the_interrupt_after_the_first_finished_job()
    {
        using RingBench bench = new(Coalesced(count: 3, timerUs: 50));
        bench.Submit(2);   // end at 2 and 4us
        bench.Run();

        Assert.Equal(1, bench.Ring.Meter.Interrupts);
        Assert.Equal([52_000m, 52_000m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void The_count_stops_the_timer()
    {
        using RingBench bench = new(Coalesced(count: 2, timerUs: 10));
        bench.Submit(2);                             // interrupt at 4us, the timer of 2us would have expired at 12us
        bench.At(9_000, () => bench.Submit(1));      // ends at 11us
        bench.Run();

        Assert.Equal(21_000m, bench.Requests[2].Times.Single());
        Assert.Equal(2, bench.Ring.Meter.Interrupts);
    }

    [Fact]
    public void The_tasklet_stops_the_timer_of_a_job_that_it_retires()
    {
        // Jobs end at 2, 4, 6us; the count is reached at 4us, and the tasklet runs until 6.6us: it retires the third too,
        // whose timer would have expired at 16us. The fourth job ends at 12us.
        using RingBench bench = new(Coalesced(count: 2, timerUs: 10) with
        {
            Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.FromNanoseconds(2_000), Tasklet = Duration.FromNanoseconds(200) },
        });
        bench.Submit(3);
        bench.At(10_000, () => bench.Submit(1));
        bench.Run();

        Assert.Equal([6_200m, 6_400m, 6_600m, 24_200m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void A_timer_that_expires_while_the_interrupt_is_masked_raises_no_second_one()
    {
        // Count 2 at 4us; hardirq until 34us; jobs 3 ends at 6us, its timer at 16us; the tasklet takes all three.
        using RingBench bench = new(Coalesced(count: 2, timerUs: 10) with
        {
            Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Scene.Us * 30, Tasklet = Duration.Zero },
        });
        bench.Submit(3);
        bench.Run();

        Assert.Equal(1, bench.Ring.Meter.Interrupts);
        Assert.All(bench.Requests, r => Assert.Equal([34_000m], r.Times));
    }

    [Fact]
    public void A_job_that_ends_after_unmasking_raises_the_line_again()
    {
        // Unmasked at 2.2us, the next job ends at 4us, the one after at 6us.
        using RingBench bench = new(Costly(hardirqNs: 100, taskletNs: 100));
        bench.Submit(3);
        bench.Run();

        Assert.Equal(3, bench.Ring.Meter.Interrupts);
        Assert.Equal([2_200m, 4_200m, 6_200m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void No_job_is_left_in_the_output_ring_whatever_the_costs()
    {
        for (int hardirq = 0; hardirq < 4; hardirq++)
        {
            for (int tasklet = 0; tasklet < 4; tasklet++)
            {
                using RingBench bench = new(Costly(hardirq * 700, tasklet * 900) with { Usable = 2, Engines = 2 });
                bench.Submit(30);
                bench.Run();

                Assert.Equal(30, bench.Ring.Meter.Jobs);
                Assert.Equal(0, bench.Ring.Used);
            }
        }
    }

    [Theory]
    [InlineData(0, 14_900)]   // 10us of its own, and the 7 interrupts of 0.5 + 0.2us that come at 2, 4, ... 14us
    [InlineData(1, 10_000)]
    public void Interrupts_stretch_the_slice_of_a_process_on_their_CPU(int cpu, long endNs)
    {
        using RingBench bench = new(Costly(hardirqNs: 500, taskletNs: 200), cpus: 2);
        bench.Submit(10);
        decimal ended = 0;
        bench.Simulation.Spawn("cruncher", Crunch(bench.Kernel, cpu, Scene.Us * 10, () => ended = bench.Simulation.Now.Nanoseconds));
        bench.Run();

        Assert.Equal(endNs, ended);
    }

    private static async Process Crunch(LinuxKernel kernel, int cpu, Duration cost, Action ended)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Cpus.RunOnAsync(cpu, cost);
        ended();
    }
}

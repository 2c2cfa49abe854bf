using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests;

/// <summary>What no machine may break, over random small machines.</summary>
public sealed class ConservationTests
{
    private static readonly Gen<JobRingOptions> Rings =
        from usable in Gen.Choose(1, 12)
        from engines in Gen.Choose(1, 3)
        from policy in Gen.Elements(
            (WhenFull.Backlog, Front.None), (WhenFull.DropRequest, Front.None), (WhenFull.Reject, Front.None), (WhenFull.Reject, Front.Engine), (WhenFull.Reject, Front.EngineRetry))
        from qlen in Gen.Choose(1, 10)
        from setup in Gen.Elements<DurationDistribution>(
            new ConstantDuration(Scene.Us * 2), new ExponentialDuration(Scene.Us * 3), new UniformDuration(Duration.Zero, Scene.Us * 9))
        from interrupt in Gen.Choose(0, 3_000).Three()
        from coalesce in Gen.Elements<CoalesceOptions?>(null, null, new CoalesceOptions { Count = 3, Timer = Scene.Us * 20 }, new CoalesceOptions { Count = 1, Timer = Scene.Us })
        select new JobRingOptions
        {
            Usable = usable,
            Engines = engines,
            WhenFull = policy.Item1,
            Front = policy.Item2,
            EngineQlen = qlen,
            EngineWakeup = Duration.FromNanoseconds(interrupt.Item1),
            Setup = setup,
            Bandwidth = new Bandwidth(1_000_000_000),
            Coalesce = coalesce,
            Interrupt = new InterruptOptions
            {
                Latency = Duration.FromNanoseconds(interrupt.Item1),
                Hardirq = Duration.FromNanoseconds(interrupt.Item2 / 4),
                Tasklet = Duration.FromNanoseconds(interrupt.Item3 / 4),
            },
        };

    private static readonly Gen<DmCryptOptions> Targets =
        from submit in Gen.Elements(Submit.WaitOnBusy, Submit.WaitEveryRequest)
        from sector in Gen.Elements(512, 1024, 4096)
        from maxActive in Gen.Choose(1, 5)
        from sameCpu in Gen.Elements(true, false)
        from template in Gen.Elements(Template.None, Template.Forwarding)
        from max in Gen.Elements(4096L, 8192L, 1L << 20)
        from cost in Gen.Choose(0, 2_000)
        from wakeup in Gen.Choose(0, 6_000)
        select new Scene().Target with
        {
            Submit = submit,
            SectorSize = new DataSize(sector),
            MaxActive = maxActive,
            SameCpuCrypt = sameCpu,
            Template = template,
            MaxWriteSize = new DataSize(max),
            SubmitCost = Duration.FromNanoseconds(cost),
            Wakeup = Duration.FromNanoseconds(wakeup),
        };

    private static readonly Gen<JobOptions> Jobs =
        from rw in Gen.Elements(Rw.Read, Rw.Write, Rw.Randread, Rw.Randwrite, Rw.Rw, Rw.Randrw)
        from pages in Gen.Choose(1, 6)
        from number in Gen.Choose(1, 25)
        from iodepth in Gen.Choose(1, 6)
        from numjobs in Gen.Choose(1, 3)
        from rate in Gen.Elements<int?>(null, null, 50_000)
        select new JobOptions
        {
            Device = "dm-0",
            Rw = rw,
            Bs = new DataSize(pages * 4096),
            NumberIos = number,
            Iodepth = iodepth,
            Numjobs = numjobs,
            RateIops = rate,
            RateProcess = RateProcess.Poisson,
        };

    private static readonly Gen<DeviceOptions> Devices = Gen.Elements<DeviceOptions>(
        new NullDeviceOptions(),
        new RamDeviceOptions(),
        new DiskOptions { QueueDepth = 2, Latency = new ExponentialDuration(Scene.Us * 30), Bandwidth = new Bandwidth(500_000_000) },
        new NvmeOptions { QueueDepth = 4, Latency = new ExponentialDuration(Scene.Us * 20), Bandwidth = new Bandwidth(2_000_000_000) });

    internal static readonly Arbitrary<Scene> Machines = Arb.From(
        from ring in Rings
        from target in Targets
        from job in Jobs
        from device in Devices
        from cpus in Gen.Choose(1, 4)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Scene { Cpus = cpus, Ring = ring, Target = target, Device = device, Seed = (ulong)seed, TraceKept = 100_000 }.With("fio", job));

    private static int Bios(Scene scene) => ((JobOptions)scene.Workload[0].Options) is var job ? job.NumberIos!.Value * job.Numjobs : 0;

    [Fact]
    public void The_random_machines_end_in_every_way()
    {
        Dictionary<string, int> ends = [];
        Properties.Check(Machines, scene => ends[scene.Run().End.Ends] = ends.GetValueOrDefault(scene.Run().End.Ends) + 1, tests: 100);

        Assert.Equal(["completed", "deadlock", "io-error"], ends.Keys.Order());
        Assert.All(ends.Values, count => Assert.True(count >= 5));
    }

    // ── requests ────────────────────────────────────────────────────────

    /// <summary>The crypto API's protocol, read off the trace: what a request was answered and how it was called back.</summary>
    private static void CheckProtocol(Scene scene)
    {
        MachineResult result = scene.Run();
        Assert.Equal(0, result.TraceOmitted);
        bool dropped = result.Metric("jr0.dropped") > 0;
        Dictionary<string, List<string>> lives = Lives(result.Trace, scene.Ring.Front);
        foreach ((string request, List<string> life) in lives)
        {
            string[] expected = life[0] switch
            {
                "EINPROGRESS" => ["EINPROGRESS", "final"],
                "EBUSY" when dropped && life.Count == 1 => ["EBUSY"],
                "EBUSY" => ["EBUSY", "notified", "final"],
                _ => [life[0]],
            };
            Assert.True(expected.SequenceEqual(life) || (!IsOver(result) && life.Count < expected.Length), $"{request}: {string.Join(' ', life)}");
        }

        Assert.Equal(result.Metric("jr0.dropped"), lives.Values.Count(life => life[0] == "EBUSY" && life.Count == 1));
    }

    private static bool IsOver(MachineResult result) => result.End.Ends is "completed" or "io-error" or "deadlock";

    private static Dictionary<string, List<string>> Lives(IReadOnlyList<TraceEvent> trace, Front front)
    {
        string[] answering = front == Front.None ? ["caam_jr_enqueue", "ablkcipher_encrypt"] : ["crypto_transfer_request_to_engine"];
        Dictionary<string, List<string>> lives = [];
        foreach (TraceEvent happening in trace)
        {
            if (happening.Kind == TraceKind.Return && answering.Contains(happening.Function))
            {
                Assert.True(lives.TryAdd(happening.Subject, [happening.Result]), $"{happening.Subject} was submitted twice");
            }
            else if (happening.Kind == TraceKind.Callback && happening.Target == "kcryptd_async_done")
            {
                lives[happening.Subject].Add(happening.Result == "EINPROGRESS" ? "notified" : "final");
            }
        }

        return lives;
    }

    [Fact]
    public void Every_accepted_request_gets_its_callbacks_and_a_rejected_one_none() => Properties.Check(Machines, CheckProtocol, tests: 150);

    // ── bios ────────────────────────────────────────────────────────────

    [Fact]
    public void Every_bio_ends_once_or_a_process_waits_for_ever() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult result = scene.Run();
            decimal ended = result.Metric("fio.ios");
            switch (result.End.Ends)
            {
                case "completed":
                    Assert.Equal(Bios(scene), ended);
                    Assert.Equal(0, result.Metric("fio.errors"));
                    Assert.Equal(0, result.Metric("jr0.dropped"));
                    break;
                case "io-error":
                    Assert.Equal(Bios(scene), ended);
                    Assert.True(result.Metric("fio.errors") > 0);
                    Assert.True(result.Metric("jr0.enospc") > 0);
                    break;
                default:
                    Assert.Equal("deadlock", result.End.Ends);
                    Assert.True(ended < Bios(scene));
                    Assert.True(result.Metric("jr0.dropped") > 0);
                    Assert.Contains(result.End.Blocked, b => b.Process.StartsWith("kcryptd/", StringComparison.Ordinal) && b.Owner.Contains("in no queue", StringComparison.Ordinal));
                    break;
            }

            Assert.Equal(ended, result.Trace.Count(e => e.Function == "bio_endio" && e.Target == "fio"));
        },
        tests: 200);

    [Fact]
    public void A_run_that_is_cut_short_is_a_deadlock_only_if_a_request_was_lost() => Properties.Check(
        Arb.From(from s in Machines.Generator from us in Gen.Choose(1, 400) select s with { TimeLimit = Scene.Us * us, TraceKept = 0 }),
        scene =>
        {
            MachineResult result = scene.Run();
            bool dropped = result.Metric("jr0.dropped") > 0;
            switch (result.End.Ends)
            {
                case "deadlock":
                    Assert.True(dropped, result.End.Message);
                    break;
                case "time-limit":
                    Assert.False(dropped);
                    Assert.DoesNotContain(result.End.Blocked, b => b.Reason is "nobody" or "cycle");
                    break;
            }
        },
        tests: 400);

    [Fact]
    public void Submitted_is_finished_and_blocked() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult result = scene.Run();
            int submitted = result.Trace.Count(e => e.Function == "crypt_map");
            bool hangs = result.End.Ends == "deadlock";
            decimal inFlight = submitted - result.Metric("fio.ios");

            Assert.Equal(hangs, inFlight > 0);
            if (hangs)
            {
                Assert.Equal(result.Metric("jr0.dropped"), result.End.Blocked.Count(b => b.WaitsOn == "ctx->restart"));
            }
        },
        tests: 100);

    [Fact]
    public void Every_unit_is_encrypted_once_when_nothing_is_lost_or_rejected() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult result = scene.Run();
            if (result.End.Ends == "completed")
            {
                JobOptions job = (JobOptions)scene.Workload[0].Options;
                decimal bytes = (decimal)Bios(scene) * job.Bs.Bytes;
                Assert.Equal(bytes, result.Metric("jr0.bytes"));
                Assert.Equal(bytes / scene.Target.SectorSize.Bytes, result.Metric("jr0.jobs"));
                Assert.Equal(result.Metric("crypto.requests"), result.Metric("jr0.jobs"));
            }
        },
        tests: 100);

    // ── time ────────────────────────────────────────────────────────────

    /// <summary>Time that jobs spent in the ring, from their entry until their callback, over the time of the run. Entries leave in order only with one engine.</summary>
    [Fact]
    public void Littles_law_holds_on_the_ring() => Properties.Check(
        Arb.From(from s in Machines.Generator where s.Ring.WhenFull != WhenFull.DropRequest select s with { Ring = s.Ring with { Engines = 1 } }),
        scene =>
        {
            MachineResult result = scene.Run();
            Dictionary<string, long> entered = [];
            Int128 inRing = 0;
            foreach (TraceEvent e in result.Trace)
            {
                bool enters = e is { Kind: TraceKind.Return, Function: "caam_jr_enqueue" or "ablkcipher_encrypt", Result: "EINPROGRESS" } or { Kind: TraceKind.Callback, Function: "caam_jr_dequeue", Result: "EINPROGRESS" };
                if (enters)
                {
                    entered.Add(e.Subject, e.AtPicoseconds);
                }
                else if (e is { Kind: TraceKind.Callback, Function: "caam_jr_dequeue" })
                {
                    inRing += e.AtPicoseconds - entered[e.Subject];
                    entered.Remove(e.Subject);
                }
            }

            Assert.Empty(entered);
            double mean = (double)inRing / result.End.AtPicoseconds;
            Assert.Equal(mean, (double)result.Metric("jr0.ring.mean"), 0.000_002);
        },
        tests: 60);

    // ── the same run ────────────────────────────────────────────────────

    [Fact]
    public void The_same_seed_gives_the_same_run() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult one = scene.Run();
            MachineResult other = scene.Run();

            Assert.Equal(one.End.Fingerprint, other.End.Fingerprint);
            Assert.Equal(one.End.Events, other.End.Events);
            Assert.Equal(one.Metrics, other.Metrics);
            Assert.Equal(one.Trace, other.Trace);
        },
        tests: 40);

    [Fact]
    public void The_trace_does_not_change_the_run() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult with = scene.Run();
            MachineResult without = (scene with { TraceKept = 0 }).Run();

            Assert.Equal(with.End.Fingerprint, without.End.Fingerprint);
            Assert.Equal(with.Metrics, without.Metrics);
        },
        tests: 40);

    [Fact]
    public void A_template_does_not_change_when_anything_happens() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult plain = (scene with { Target = scene.Target with { Template = Template.None } }).Run();
            MachineResult wrapped = (scene with { Target = scene.Target with { Template = Template.Forwarding } }).Run();

            Assert.Equal(plain.End.Fingerprint, wrapped.End.Fingerprint);
            Assert.Equal(plain.End.Ends, wrapped.End.Ends);
            Assert.Equal(plain.End.Message, wrapped.End.Message);
        },
        tests: 40);

    [Fact]
    public void Interruptions_of_the_run_loop_do_not_change_the_run() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult whole = scene.Run();
            using Machine machine = scene.Build();
            while (!machine.Run(maxEvents: 37))
            {
            }

            Assert.Equal(whole.End.Fingerprint, machine.Result().End.Fingerprint);
        },
        tests: 20);
}

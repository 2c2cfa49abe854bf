using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Recording;

/// <summary>Where the time of a bio goes, against times computed by hand [us].</summary>
public sealed class StageTests
{
    private static readonly Duration Us = Scene.Us;

    /// <summary>Wake-ups take 5us, a submission 0.5us, an engine 2us, its way to the callback 21us, the disk 100us.</summary>
    private static Scene Costly
    {
        get
        {
            Scene scene = new();
            return scene with
            {
                Ring = scene.Ring with { Interrupt = new InterruptOptions { Latency = Us * 18, Hardirq = Us, Tasklet = Us * 2 } },
                Target = scene.Target with { Wakeup = Us * 5 },
                Device = new DiskOptions { Latency = new ConstantDuration((Us * 100) - new Duration(1)), Bandwidth = new Bandwidth(1L << 60) },
            };
        }
    }

    private static MachineResult Run(Scene scene, JobOptions job)
    {
        MachineResult result = scene.With("fio", job).Run();
        Assert.Equal("completed", result.End.Ends);
        return result;
    }

    /// <summary>The stages of the only bio that took any time, in their order, e.g. <c>engine 2, device 100</c>.</summary>
    private static string Split(MachineResult result, int bin = 0)
    {
        StageTable stages = result.Latencies[0].Stages!;
        return string.Join(", ", stages.Names.Select((name, i) => (name, us: stages.At(bin, i) / 1e6m)).Where(one => one.us > 0)
            .Select(one => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{one.name} {one.us:0.######}")));
    }

    [Fact]
    public void A_write_waits_for_kcryptd_is_converted_and_goes_through_the_writer() => Assert.Equal(
        "kcryptd wait 5, conversion 0.5, engine 2, interrupt 21, writer 5, device 100",
        Split(Run(Costly, Scene.WriteUnits(1))));

    [Fact]
    public void A_read_is_converted_after_the_device() => Assert.Equal(
        "kcryptd wait 5, conversion 0.5, engine 2, interrupt 21, device 100",
        Split(Run(Costly, Scene.WriteUnits(1) with { Rw = Rw.Read })));

    /// <summary>Units 1 to 4 reach the engine at 5.5, 6, 6.5, 7us; it is done with the last at 13.5us.</summary>
    [Fact]
    public void After_the_last_submission_the_request_that_is_called_back_last_says_where_the_time_goes() => Assert.Equal(
        "kcryptd wait 5, conversion 2, ring wait 4.5, engine 2, writer 5, device 100",
        Split(Run(Costly with { Ring = new Scene().Ring }, Scene.WriteUnits(4))));

    [Fact]
    public void Waiting_for_every_request_costs_each_round_trip_and_each_wake_up()
    {
        Scene scene = Costly;
        scene = scene with { Target = scene.Target with { Submit = Submit.WaitEveryRequest } };

        Assert.Equal("kcryptd wait 5, conversion 1.5, engine 6, interrupt 63, wake-up 15, writer 5, device 100", Split(Run(scene, Scene.WriteUnits(3))));
    }

    /// <summary>The second request is backlogged at 6us and enters the ring at 7.5us; the third is submitted at 13us.</summary>
    [Fact]
    public void Blocked_on_restart_it_waits_for_the_ring_and_then_for_its_wake_up()
    {
        Scene scene = Costly with { Ring = new Scene().Ring with { Usable = 1 } };

        Assert.Equal("kcryptd wait 5, conversion 1.5, ring wait 1.5, engine 2, wake-up 5, writer 5, device 100", Split(Run(scene, Scene.WriteUnits(3))));
    }

    /// <summary>One worker: the second part is taken when the first is submitted.</summary>
    [Fact]
    public void Of_a_bio_in_parts_the_one_that_ends_last_says_where_the_time_went()
    {
        Scene scene = Costly;
        scene = scene with { Ring = new Scene().Ring, Target = scene.Target with { MaxActive = 1, MaxWriteSize = new DataSize(512), Wakeup = Us * 5 }, Device = new NullDeviceOptions() };

        // The first part wakes the writer at 7.5us, which runs at 12.5us and finds both.
        Assert.Equal("kcryptd wait 5.5, conversion 0.5, ring wait 1.5, engine 2, writer 3", Split(Run(scene, Scene.WriteUnits(2))));
    }

    [Fact]
    public void A_crypto_engine_in_front_of_the_ring_is_a_wait_for_the_ring()
    {
        Scene scene = Costly;
        scene = scene with { Ring = scene.Ring with { WhenFull = WhenFull.Reject, Front = Front.EngineRetry, EngineWakeup = Us * 3 } };

        Assert.Equal("kcryptd wait 5, conversion 0.5, ring wait 3, engine 2, interrupt 21, writer 5, device 100", Split(Run(scene, Scene.WriteUnits(1))));
    }

    [Fact]
    public void A_synchronous_cipher_is_all_conversion()
    {
        MachineOptions options = WithCipher(Costly.With("fio", Scene.WriteUnits(2)).Options, new SoftwareCipherOptions { Setup = Us * 3, Bandwidth = new Bandwidth(512_000_000) });

        Assert.Equal("kcryptd wait 5, conversion 9, writer 5, device 100", Split(Run(options)));
    }

    /// <summary>Fragment 1 is submitted at 5.5us and fragment 2 at 6us; kcryptd_io runs at 12.5us for both, and the disk has them one after the other.</summary>
    [Fact]
    public void Of_a_write_in_fragments_the_one_that_ends_last_says_where_the_time_went()
    {
        MachineOptions options = Fragmented((Costly with { Ring = new Scene().Ring }).With("fio", Scene.WriteUnits(16)).Options);

        Assert.Equal("kcryptd wait 5, conversion 1, ring wait 1.5, engine 2, writer 3, device 200", Split(Run(options)));
    }

    /// <summary>Each fragment takes 4.5us; the disk has the first from 9.5us on.</summary>
    [Fact]
    public void Fragments_of_one_io_that_a_synchronous_cipher_made_are_below_while_the_next_is_converted()
    {
        MachineOptions options = Fragmented(WithCipher(Costly.With("fio", Scene.WriteUnits(16)).Options, new SoftwareCipherOptions { Setup = Us * 3, Bandwidth = new Bandwidth(4_096_000_000) }));

        Assert.Equal("kcryptd wait 5, conversion 9, device 195.5", Split(Run(options)));
    }

    private static MachineOptions Fragmented(MachineOptions options) => options with
    {
        Kernel = KernelVersion.V2632,
        Stack = [new("dm-0", ((DmCryptOptions)options.Stack[0].Options) with { SectorSize = new DataSize(4096), MaxSegments = 1, MaxWriteSize = null })],
    };

    private static MachineOptions WithCipher(MachineOptions options, SoftwareCipherOptions cipher) =>
        options with { Hardware = options.Hardware with { Devices = [new("jr0", cipher), options.Hardware.Devices[1]] } };

    private static MachineResult Run(MachineOptions options)
    {
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, BiosKept = 100_000, TimeLimit = Duration.FromSeconds(1000) });
        Assert.True(machine.Run());
        return machine.Result();
    }

    [Fact]
    public void Without_dm_crypt_all_is_the_device_and_its_tags()
    {
        Scene scene = Costly with { Device = ((DiskOptions)Costly.Device) with { QueueDepth = 1 } };
        MachineResult result = Run(scene, Scene.WriteUnits(1, number: 2, iodepth: 2) with { Device = "null0" });

        Assert.Equal("device 100", Split(result));
        Assert.Equal("device 200", Split(result, bin: 1));
    }

    [Fact]
    public void A_single_request_waits_for_the_ring_the_engine_and_the_interrupt()
    {
        MachineResult result = Costly.With("fio", new SingleRequestOptions { Engine = "jr0", Numjobs = 2, NumberIos = 1 }).Run();

        // Both are submitted at 0; the tasklet retires the second while it runs for the first.
        Assert.Equal("engine 2, interrupt 21", Split(result));
        Assert.Equal("ring wait 2, engine 2, interrupt 21", Split(result, bin: 1));
    }

    // ── whatever the machine ────────────────────────────────────────────

    /// <summary>The random machines, and what decides where a conversion runs.</summary>
    private static readonly FsCheck.Arbitrary<Scene> Machines = Arb.From(
        from scene in ConservationTests.Machines.Generator
        from read in Gen.Elements(true, false)
        from write in Gen.Elements(true, false)
        from submit in Gen.Elements(true, false)
        from zoned in Gen.Elements(true, false, false)
        select scene with { TraceKept = 0, Target = scene.Target with { NoReadWorkqueue = read, NoWriteWorkqueue = write, SubmitFromCryptCpus = submit, Zoned = zoned } });

    [Fact]
    public void The_stages_of_every_bio_add_up_to_its_latency_to_the_picosecond()
    {
        long bios = 0;
        Properties.Check(Machines, scene => bios += AddUp(scene.Run().Latencies[0]), tests: 300);

        Assert.True(bios > 3000, $"{bios} bios");
    }

    /// <summary>The same by kernel release, with interrupts of the device, fragments and a synchronous cipher.</summary>
    private static readonly FsCheck.Arbitrary<MachineOptions> Releases = Arb.From(
        from scene in Machines.Generator
        from kernel in Gen.Elements(Enum.GetValues<KernelVersion>())
        from pages in Gen.Choose(1, 3)
        from cipher in Gen.Elements(true, false, false)
        from ends in Gen.Elements<BioEnd?>(null, BioEnd.Softirq, BioEnd.Hardirq)
        let target = scene.Target with { MaxSegments = pages, NoReadWorkqueue = kernel >= KernelVersion.V59 && scene.Target.NoReadWorkqueue, NoWriteWorkqueue = kernel >= KernelVersion.V59 && scene.Target.NoWriteWorkqueue }
        let device = scene.Device is BlockDeviceOptions block && ends is { } context ? block with { Interrupt = new BlockInterruptOptions { Context = context } } : scene.Device
        let options = (scene with { Target = target, Device = device }).Options with { Kernel = kernel }
        select cipher ? WithCipher(options, new SoftwareCipherOptions { Setup = Us, Bandwidth = new Bandwidth(1_000_000_000) }) : options);

    [Fact]
    public void So_they_do_in_every_release()
    {
        long bios = 0;
        Dictionary<KernelVersion, int> valid = [];
        Properties.Check(
            Releases,
            options =>
            {
                if (!MachineValidator.Validate(options).Any())
                {
                    bios += AddUp(Run(options).Latencies[0]);
                    valid[options.Kernel] = valid.GetValueOrDefault(options.Kernel) + 1;
                }
            },
            tests: 400);
        Assert.True(bios > 3000, $"{bios} bios");
        Assert.Equal(Enum.GetValues<KernelVersion>(), valid.Keys.Order());
    }

    private static int AddUp(LatencySeries series)
    {
        Assert.Equal(0, series.BiosOmitted);
        Assert.Equal(series.Bios.Count > 0, series.Stages is not null);
        for (int bin = 0; bin < series.Bins.Count; bin++)
        {
            LatencyBin one = series.Bins[bin];
            long latencies = series.Bios.Where(bio => bio.LatencyPicoseconds >= one.LowPicoseconds && bio.LatencyPicoseconds < one.HighPicoseconds).Sum(bio => bio.LatencyPicoseconds);
            long[] stages = [.. Enumerable.Range(0, BioStages.Count).Select(stage => series.Stages!.At(bin, stage))];
            Assert.All(stages, time => Assert.True(time >= 0));
            Assert.Equal(latencies, stages.Sum());
        }

        return series.Bios.Count;
    }

    [Fact]
    public void The_means_add_up_to_the_mean_latency_and_the_shares_to_one() => Properties.Check(
        Machines,
        scene =>
        {
            MachineResult result = scene.Run();
            if (result.Latencies[0].Stages is null)
            {
                return;
            }

            Metric[] stages = [.. result.Metrics.Where(metric => metric.Name.StartsWith("fio.stage.", StringComparison.Ordinal))];
            Assert.Equal(2 * BioStages.Count, stages.Length);
            decimal mean = stages.Where(metric => metric.Name.EndsWith(".mean", StringComparison.Ordinal)).Sum(metric => metric.Value);
            Assert.InRange(mean - result.Metric("fio.latency.mean"), -0.001m, 0.001m);
            Assert.InRange(stages.Where(metric => metric.Name.EndsWith(".share", StringComparison.Ordinal)).Sum(metric => metric.Value), 0.99999m, 1.00001m);
        },
        tests: 60);

    [Fact]
    public void A_template_changes_nothing_about_where_the_time_goes() => Properties.Check(
        Machines,
        scene =>
        {
            IReadOnlyList<long>? plain = (scene with { Target = scene.Target with { Template = Template.None } }).Run().Latencies[0].Stages?.SumsPicoseconds;
            IReadOnlyList<long>? wrapped = (scene with { Target = scene.Target with { Template = Template.Forwarding } }).Run().Latencies[0].Stages?.SumsPicoseconds;

            Assert.Equal(plain, wrapped);
        },
        tests: 40);
}

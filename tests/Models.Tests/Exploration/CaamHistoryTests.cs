using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>The bugs of CAAM, crypto_engine, templates and their users: exploring a small scene names what is broken, and proves the fix.</summary>
public sealed class CaamHistoryTests
{
    private static readonly JobRingOptions Engine = new Scene().Ring with
    {
        Usable = 1,
        WhenFull = null,
        Front = Front.EngineRetry,
        EngineQlen = 1,
        EngineRetry = Scene.Us,
    };

    private static readonly JobRingOptions Plain = new Scene().Ring with { Usable = 1 };

    private static readonly TlsOptions Tls = new() { Engine = "jr0", Iodepth = 3, NumberIos = 3 };

    private static readonly SingleRequestOptions Caller = new() { Engine = "jr0", Numjobs = 2, NumberIos = 2, ContinueOnError = true };

    [Fact]
    public void Told_before_the_dispatch_callers_go_on_although_nothing_left_the_backlog()
    {
        Finds("fault", "DM-E3", Writes(Engine with { Notify = Notify.BeforeDispatch }, 5));
        Proved(Writes(Engine, 5));
    }

    [Fact]
    public void With_few_bounce_buffers_that_ends_in_I_O_errors()
    {
        // 1 in the ring, 1 told, 1 backlogged, each mapped twice.
        Finds("io-error", "DM-J20", Writes(Engine with { Notify = Notify.BeforeDispatch, Swiotlb = 6 }, 5));
        Proved(Writes(Engine with { Swiotlb = 6 }, 5));
    }

    [Fact]
    public void A_backlog_mark_that_does_not_step_back_with_the_bounced_request_skips_a_caller() =>
        Finds("fault", "DM-C5", Writes(Engine with { BacklogMark = BacklogMark.Stays }, 4));

    [Fact]
    public void An_engine_that_takes_a_full_ring_for_an_error_ends_bios_with_it()
    {
        Finds("io-error", "DM-E3", Writes(Engine with { FailedDispatch = FailedDispatch.Finalize }, 4));
        Proved(Writes(Engine with { FailedDispatch = FailedDispatch.RetryWhenFull }, 4));
    }

    [Fact]
    public void A_fatal_error_that_is_requeued_goes_round_for_ever()
    {
        JobRingOptions broken = Engine with { Fails = new FailsOptions { Job = 2 } };

        Finds("livelock", null, Calls(broken with { FailedDispatch = FailedDispatch.RequeueAll }));
        Proved(Calls(broken with { FailedDispatch = FailedDispatch.RetryWhenFull }));
    }

    [Fact]
    public void A_descriptor_that_is_freed_when_the_ring_is_full_is_used_again_by_the_engine()
    {
        Finds("fault", "DM-J16", Writes(Engine with { EdescOnEnospc = EdescOnEnospc.Freed }, 3));
        Proved(Writes(Engine with { EdescOnEnospc = EdescOnEnospc.Kept }, 3));
    }

    [Fact]
    public void A_descriptor_whose_flag_is_read_after_it_was_freed_is_used_after_free()
    {
        Finds("fault", "DM-J16", Writes(Engine with { EdescAtDone = EdescAtDone.FlagReadAfterFree }, 1));
        Proved(Writes(Engine with { EdescAtDone = EdescAtDone.FlagReadBeforeFree }, 1));
    }

    [Fact]
    public void A_weak_barrier_lets_the_hardware_fetch_what_stood_in_the_entry_before()
    {
        Finds("fault", "DM-J18", Writes(Plain with { WriteBarrier = WriteBarrier.Weak }, 2));
        Proved(Writes(Plain with { WriteBarrier = WriteBarrier.Full }, 2));
    }

    [Fact]
    public void Cached_room_of_a_smaller_input_ring_is_never_read_again_once_it_reads_0()
    {
        JobRingOptions small = Plain with { Usable = 3, InputRing = 1 };

        Finds("deadlock", "DM-C5", Writes(small with { InputRoom = InputRoom.Cached }, 3));
        Proved(Writes(small with { InputRoom = InputRoom.ReadEachTime }, 3));
    }

    [Fact]
    public void A_caller_that_sleeps_until_the_ring_has_room_is_served_in_the_end() =>
        Proved(Writes(Plain with { WhenFull = WhenFull.SleepAndRetry }, 3));

    [Theory]
    [InlineData(Template.FreesOnEbusy, "DM-C7")]
    [InlineData(Template.Forwarding, null)]
    public void A_template_that_frees_on_EBUSY_is_called_back_into_freed_memory(Template template, string? rule)
    {
        MachineOptions options = (Bench(Plain) with { Target = new Scene().Target with { Template = template } }).With("w", Scene.WriteUnits(3)).Options;
        if (rule is null)
        {
            Proved(options);
        }
        else
        {
            Finds("fault", rule, options);
        }
    }

    [Fact]
    public void A_user_that_takes_EBUSY_for_an_error_frees_what_the_driver_has()
    {
        Finds("fault", "DM-C4", Sends(Plain, OnEbusy.TakeForError));
        Proved(Sends(Plain, OnEbusy.WaitForAll));
    }

    [Fact]
    public void A_user_that_unwinds_after_waiting_counts_down_twice_when_a_record_failed()
    {
        JobRingOptions failing = Plain with { Fails = new FailsOptions { Job = 1, At = FailsAt.Completion } };

        Finds("fault", "DM-C4", Sends(failing, OnEbusy.WaitAndUnwind));
        Finds("io-error", null, Sends(failing, OnEbusy.WaitForAll));
        Proved(Sends(Plain, OnEbusy.WaitAndUnwind));
    }

    private static Scene Bench(JobRingOptions ring) => new Scene { Cpus = 1, Ring = ring };

    private static MachineOptions Writes(JobRingOptions ring, int units) => Bench(ring).With("w", Scene.WriteUnits(units)).Options;

    private static MachineOptions Calls(JobRingOptions ring) => Bench(ring).With("c", Caller).Options;

    private static MachineOptions Sends(JobRingOptions ring, OnEbusy onEbusy) => Bench(ring).With("tls", Tls with { OnEbusy = onEbusy }).Options;

    private static void Finds(string found, string? rule, MachineOptions options)
    {
        ExplorationResult result = TestKit.ExploredMachine.Explore(options, new ExplorationOptions());

        Assert.Equal((found, rule), (result.Found, result.Rule));
        Assert.NotNull(result.Failure);
    }

    private static void Proved(MachineOptions options)
    {
        ExplorationResult result = TestKit.ExploredMachine.Explore(options, new ExplorationOptions());

        Assert.Equal((ExplorationVerdict.Proved, null, null), (result.Verdict, result.Found, result.Message));
    }
}

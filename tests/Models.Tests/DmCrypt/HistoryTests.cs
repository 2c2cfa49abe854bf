using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>Bugs of dm-crypt, each with its fix: exploring a small scene finds the one and proves the other.</summary>
public sealed class HistoryTests
{
    // ── DM-B05, DM-B07: reads decrypted where they end ──────────────────

    private static TargetScene InlineRead(KernelVersion kernel, BioEnd end)
    {
        TargetScene scene = new() { Kernel = kernel, Interrupt = new BlockInterruptOptions { Context = end } };
        return (scene with { Target = scene.Target with { NoReadWorkqueue = true, Wakeup = Scene.Us } }).Doing(Rw.Read, sectors: 1, number: 2);
    }

    [Fact]
    public void On_5_9_a_read_that_ends_with_interrupts_disabled_is_decrypted_so()
    {
        InlineRead(KernelVersion.V59, BioEnd.IrqsOff).Ends("fault", "DM-B05");
        InlineRead(KernelVersion.V511, BioEnd.IrqsOff).Ends("completed");
        InlineRead(KernelVersion.V69, BioEnd.IrqsOff).Proved();
    }

    [Fact]
    public void On_5_9_the_end_of_a_bio_frees_the_tasklet_in_which_it_runs()
    {
        InlineRead(KernelVersion.V59, BioEnd.Hardirq).Ends("fault", "DM-B07");
        InlineRead(KernelVersion.V59, BioEnd.Hardirq).Finds("fault", "DM-B07");
    }

    [Fact]
    public void On_5_11_ending_it_in_kcryptd_io_is_still_a_race_with_the_core_of_the_tasklet()
    {
        InlineRead(KernelVersion.V511, BioEnd.Hardirq).Ends("completed");
        InlineRead(KernelVersion.V511, BioEnd.Hardirq).Finds("fault", "DM-B07");
    }

    [Fact]
    public void Kcryptd_and_BH_work_have_no_such_race()
    {
        TargetScene scene = InlineRead(KernelVersion.V69, BioEnd.Hardirq);

        scene.Proved();
        (scene with { Target = scene.Target with { DecryptFromInterrupt = DecryptFromInterrupt.Kcryptd } }).Proved();
    }

    // ── DM-B17: a zoned write waits for the end of its conversion ───────

    private static TargetScene ZonedWrite(SubmitsIn context)
    {
        TargetScene scene = new() { Cipher = TargetScene.Ring(usable: 2) };
        return (scene with { Target = scene.Target with { Zoned = true } })
            .With("job", TargetScene.Job(Rw.Write, sectors: 2) with { SubmitsIn = context });
    }

    [Fact]
    public void A_zoned_write_that_is_submitted_in_softirq_sleeps_there_for_its_requests()
    {
        ZonedWrite(SubmitsIn.Softirq).Ends("fault", "DM-X2");
        ZonedWrite(SubmitsIn.Softirq).Finds("fault", "DM-X2");
        ZonedWrite(SubmitsIn.Process).Proved();
    }

    [Fact]
    public void With_a_synchronous_cipher_it_does_not_sleep_wherever_it_was_submitted()
    {
        TargetScene scene = ZonedWrite(SubmitsIn.Softirq);

        (scene with { Cipher = new TargetScene().Cipher }).Ends("completed");
    }

    // ── DM-B22: the driver reclaims memory through the device itself ────

    private static TargetScene ShortOfMemory(RequestSleep sleep, KernelVersion kernel = KernelVersion.V618)
    {
        TargetScene scene = new() { Kernel = kernel, Cpus = 1, Cipher = TargetScene.Ring(usable: 4), Memory = new MemoryOptions { Free = new DataSize(0) } };
        return (scene with { Target = scene.Target with { SectorSize = new DataSize(4096), Template = Template.Forwarding, RequestSleep = sleep } })
            .Doing(Rw.Write, sectors: 8)
            .With("cache", new DirtyPagesOptions { Device = "dm-0", Pages = 2 });
    }

    [Fact]
    public void An_allocation_that_may_sleep_waits_for_pages_that_this_very_worker_would_encrypt()
    {
        ShortOfMemory(RequestSleep.MaySleep).Ends("deadlock");
        ShortOfMemory(RequestSleep.MaySleep).Finds("deadlock", null);
        ShortOfMemory(RequestSleep.Never).Proved();
    }

    [Fact]
    public void Requests_may_sleep_before_5_8_and_not_from_it()
    {
        TargetScene old = ShortOfMemory(RequestSleep.MaySleep, KernelVersion.V41);
        TargetScene later = ShortOfMemory(RequestSleep.MaySleep, KernelVersion.V58);

        (old with { Target = old.Target with { RequestSleep = null } }).Ends("deadlock");
        (later with { Target = later.Target with { RequestSleep = null } }).Ends("completed");
    }

    [Fact]
    public void With_more_workers_than_dirty_pages_reclaim_gets_through()
    {
        TargetScene scene = ShortOfMemory(RequestSleep.MaySleep);

        (scene with { Cpus = 4 }).Ends("completed");
    }

    // ── DM-B23: the io is freed after its bio has ended ─────────────────

    private static TargetScene UnderASwap(LastReference order, bool swap = true)
    {
        TargetScene scene = new();
        return (scene with { Target = scene.Target with { TableSwap = swap, LastReference = order } })
            .With("job", TargetScene.Job(Rw.Write, sectors: 1, number: 2) with { Wakeup = Scene.Us });   // there is a time without a bio
    }

    [Fact]
    public void A_table_swap_destroys_the_pool_between_the_end_of_the_bio_and_the_free_of_its_io()
    {
        UnderASwap(LastReference.EndFirst).Ends("fault", "DM-B23");
        UnderASwap(LastReference.EndFirst).Finds("fault", "DM-B23");
        UnderASwap(LastReference.FreeFirst).Proved();
    }

    [Fact]
    public void Without_a_table_swap_the_order_does_not_matter() => UnderASwap(LastReference.EndFirst, swap: false).Proved();
}

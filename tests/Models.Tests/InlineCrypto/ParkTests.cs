using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Design D: only the request that lacks a slot is put aside.</summary>
public sealed class ParkTests
{
    private static readonly InlineCryptoOptions Toy = KeyslotScene.Toy with { NoKeyslot = NoKeyslot.Park };

    [Theory]
    [InlineData("ab-", 12)]   // plain I/O
    [InlineData("aba", 12)]   // a key that is in a slot
    public void What_has_or_needs_no_slot_passes(string keys, int behind)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy, new KeyslotTask(keys, IsPlugged: true));

        Assert.Equal([12, 24, behind], scene.Ends);
    }

    [Fact]
    public void A_key_that_was_programmed_for_one_serves_all_that_are_parked_for_it()
    {
        // a: 0 to 12. All others are parked. b programs at 12; the second b comes back with it and finds the key; c has the slot at 24
        using KeyslotScene scene = KeyslotScene.Ran(Toy, new KeyslotTask("abcb", IsPlugged: true));

        Assert.Equal([12, 24, 36, 24], scene.Ends);
        Assert.Equal(3, scene.Programs);
    }

    [Fact]
    public void The_oldest_has_the_slot_that_is_given_up()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy, new KeyslotTask("abcd", IsPlugged: true));

        Assert.Equal([12, 24, 36, 48], scene.Ends);
    }

    [Fact]
    public void Each_idle_slot_brings_one_back()
    {
        // a is programmed until 2, b until 4; c has a's slot at 12, d b's at 14, where c's programming has just ended
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { Keyslots = 2 }, new KeyslotTask("abcd", IsPlugged: true));

        Assert.Equal([12, 14, 24, 26], scene.Ends);
    }

    [Fact]
    public void A_request_whose_key_cannot_be_programmed_ends_with_an_error_and_leaves_the_slot_to_the_next()
    {
        // b fails from 12 to 14, and c, which was not brought back for a slot that was b's, is: it programs until 16
        using KeyslotScene scene = KeyslotScene.Ran(FailingKeyslotOptions.Toy(NoKeyslot.Park, fails: 'b'), new KeyslotTask("abc", IsPlugged: true));

        Assert.Equal([12, 14, 26], scene.Ends);
        Assert.Equal([false, true, false], scene.Errors);
    }

    // a is asked for every 5us, before the one before it has ended, for 200us; b comes at the start and finds the slot taken.
    [Theory]
    [InlineData(null, 200)]
    [InlineData(30, 30)]
    [InlineData(80, 80)]
    public void A_cold_key_waits_as_long_as_the_hot_one_is_busy_or_as_the_age_limit_says(int? limit, int waits)
    {
        InlineCryptoOptions host = Toy with { AgeLimit = limit is { } us ? Scene.Us * us : null };
        using KeyslotScene scene = KeyslotScene.Ran(host, [.. Enumerable.Range(0, 40).Select(i => new KeyslotTask("a", At: Scene.Us * (5 * i))), new KeyslotTask("b", At: Scene.Us)]);

        Assert.InRange(scene.Ends[^1], waits + 12, waits + 12 + 12);   // programming and the command; before them at most one more command of a
    }

    [Fact]
    public void Those_that_the_age_limit_barred_go_on_when_the_oldest_is_served()
    {
        InlineCryptoOptions host = Toy with { Keyslots = 2, AgeLimit = Scene.Us * 5 };

        // a and c hold the slots until 12 and 14; b is overdue from 9 on, so the second c at 10 is parked although its key is there.
        // At 12 b has a's slot, until 24; c, barred no longer, goes on at 14, still a hit.
        using KeyslotScene scene = KeyslotScene.Ran(
            host, new KeyslotTask("a"), new KeyslotTask("c"), new KeyslotTask("b", At: Scene.Us * 4), new KeyslotTask("c", At: Scene.Us * 10));

        Assert.Equal([12, 14, 24, 24], scene.Ends);
        Assert.Equal(3, scene.Programs);
        Assert.Equal(1, scene.Host.Profile.Meter.Overdue);
    }

    // One driver tag for each hardware queue. b is programmed on hctx0 until 2; meanwhile a waits for the lock with the tag of
    // hctx1, so plain I/O there finds none. At 2 a is parked and gives it back: the plain one goes on, and a follows it at 12.
    [Fact]
    public void The_tag_of_a_request_that_is_parked_lets_another_one_go_on()
    {
        InlineCryptoOptions host = Toy with { HardwareQueues = 2, QueueDepth = 1 };
        using KeyslotScene scene = KeyslotScene.Ran(host, new KeyslotTask("b"), new KeyslotTask("a", Cpu: 1, At: Scene.Us), new KeyslotTask("-", Cpu: 1, At: Scene.Us));

        Assert.Equal([12, 24, 12], scene.Ends);
    }

    // Every step of kblockd and of the lock takes 1us to begin. a and c hold the slots. b is parked at 6, brought back at 12, and
    // overdue at 13; but another b has begun to program a's slot at 12.5, until 14.5. c, whose slot is in use by c, is barred at 14.8 all
    // the same. The first b finds its key at 15.5, and that lets c go on although no slot has become idle.
    [Fact]
    public void Those_that_were_barred_go_on_even_if_the_oldest_found_its_key_in_a_slot()
    {
        InlineCryptoOptions host = Toy with { Keyslots = 2, AgeLimit = Scene.Us * 7, Wakeup = Scene.Us };
        using KeyslotScene scene = KeyslotScene.Ran(
            host,
            new KeyslotTask("a"),
            new KeyslotTask("c"),
            new KeyslotTask("b", At: Scene.Us * 4),
            new KeyslotTask("b", Cpu: 1, At: Duration.FromNanoseconds(12_500)),
            new KeyslotTask("c", Cpu: 2, At: Duration.FromNanoseconds(14_800)));

        Assert.Equal([12, 15, 25.5m, 24.5m, 25.5m], scene.Ends);
        Assert.Equal(1, scene.Host.Profile.Meter.Overdue);
    }
}

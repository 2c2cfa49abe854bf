using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Designs A and B: the task sleeps for a slot, before its bio becomes a request or after.</summary>
public sealed class SleepTests
{
    private static InlineCryptoOptions Toy(NoKeyslot design) => KeyslotScene.Toy with { NoKeyslot = design };

    [Fact]
    public void Before_5_8_each_bio_has_a_reference_of_its_own()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy(NoKeyslot.SleepAtSubmit), new KeyslotTask("aaa", IsPlugged: true));

        Assert.Equal(3, scene.Host.Profile.Meter.Claims);
        Assert.Equal([12, 12, 12], scene.Ends);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit, 10)]   // b sleeps without a tag
    [InlineData(NoKeyslot.SleepAtRequest, 22)]  // b sleeps with the second tag, and the plain I/O waits for the first
    public void A_sleeper_with_a_tag_drags_plain_io(NoKeyslot design, int plain)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy(design) with { QueueDepth = 2 }, new KeyslotTask("a"), new KeyslotTask("b"), new KeyslotTask("-"));

        Assert.Equal([12, 24, plain], scene.Ends);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    public void A_plugged_request_whose_task_sleeps_is_issued(NoKeyslot design)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy(design), new KeyslotTask("ab", IsPlugged: true));

        Assert.Equal([12, 24], scene.Ends);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest, 14, 14)]   // a has its slot from 2 on, and goes to the device at 4, with b
    [InlineData(NoKeyslot.Requeue, 12, 14)]          // a goes to the device when it has its slot
    public void A_slot_is_pinned_while_its_request_is_plugged_unless_it_is_taken_at_dispatch(NoKeyslot design, int a, int b)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy(design) with { Keyslots = 2 }, new KeyslotTask("ab", IsPlugged: true));

        Assert.Equal([a, b], scene.Ends);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    public void A_bio_whose_key_cannot_be_programmed_ends_with_an_error_and_the_next_sleeper_has_the_slot(NoKeyslot design)
    {
        // a: 0 to 12. b and c sleep. At 12 both wake: b tries until 14 and fails, c programs until 16
        using KeyslotScene scene = KeyslotScene.Ran(FailingKeyslotOptions.Toy(design, fails: 'b'), new KeyslotTask("a"), new KeyslotTask("b"), new KeyslotTask("c"));

        Assert.Equal([12, 14, 26], scene.Ends);
        Assert.Equal([false, true, false], scene.Errors);
    }

    [Theory]
    [InlineData(KeyProgramming.Atomic, 14)]     // a waits in the plug until the task finishes it
    [InlineData(KeyProgramming.Sleeping, 12)]   // programming b sleeps from 2 to 4
    public void A_task_that_sleeps_in_programming_has_flushed_its_plug(KeyProgramming programming, int a)
    {
        InlineCryptoOptions host = Toy(NoKeyslot.SleepAtRequest) with { Keyslots = 2, Programming = programming };
        using KeyslotScene scene = KeyslotScene.Ran(host, new KeyslotTask("ab", IsPlugged: true));

        Assert.Equal([a, 14], scene.Ends);
    }

    // x is programmed until 2; both a look for their key at 2, in vain, and then queue for writing: the second finds it there.
    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    [InlineData(NoKeyslot.Fallback)]
    public void A_key_that_two_have_missed_is_programmed_once(NoKeyslot design)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy(design) with { Keyslots = 3 }, new KeyslotTask("x"), new KeyslotTask("a"), new KeyslotTask("a"));

        Assert.Equal([12, 14, 14], scene.Ends);
        Assert.Equal(2, scene.Programs);
    }
}

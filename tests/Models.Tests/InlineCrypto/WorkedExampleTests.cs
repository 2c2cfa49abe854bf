using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>
/// Four requests r1(a) r2(b) r3(not encrypted) r4(a) at time 0 on one slot: programming a key takes 2us, a command 10us, and
/// commands overlap. In A, B and E each request is a task of its own; in C and D one task dispatches all four from its plug, and
/// programming keeps it. Nothing else costs anything.
/// </summary>
public sealed class WorkedExampleTests
{
    private static readonly KeyslotTask[] FourTasks = [new("a"), new("b"), new("-"), new("a")];
    private static readonly KeyslotTask[] OnePlug = [new("ab-a", IsPlugged: true)];

    // A, tags without end. r1 programs from 0 to 2 under the write lock; r2 and r4 wait to read. r3 needs no slot: 0 to 10. At 2 r4
    // finds its key, r2 does not, and sleeps: both r1 and r4 hold the slot. They are in the device from 2 to 12. The last put wakes r2,
    // which programs until 14 and ends at 24.
    //
    // A, 2 tags: slot first, then tag. r3 has a tag from 0, r1 from 2. At 2 r4 has the slot, but no tag, until r3 ends at 10; so
    // the slot is in use until r4 ends at 20, although r1 left it at 12. Then r2: 22, 32.
    //
    // B, tags without end: as A.
    //
    // B, 2 tags: tag first, then slot. r1 and r2 have the tags; r2 keeps its tag asleep. r1 is in the device from 2 to 12. Its end
    // wakes r2, which programs from 12 to 14 and ends at 24; its tag goes to r3, which is first in line: 12 to 22. r3's tag goes to
    // r4 at 22, which finds the slot in use by r2 under the other key until 24, programs until 26 and ends at 36.
    //
    // C, tags without end: r1 from 2 to 12. r2 finds no slot and goes on the dispatch list; r3 and r4 do not pass it. r1's end runs
    // the queue: r2 programs from 12 to 14, then r3 is issued, and both end at 24. r4 found no slot at 14 and programs at 24: 36.
    //
    // C, 2 tags: all four have scheduler tags, 2 * 2 of them; a driver tag is taken at dispatch and given back by r2. At 14 r2 and
    // r3 have the two, r4 none. 24 gives it one, and the slot. The times are the same.
    //
    // D, tags without end: r1 from 2 to 12. r2 is parked. r3 and r4, whose key is there, are issued at 2 and end at 12. The last put
    // brings r2 back: 14, 24.
    //
    // D, 2 tags: r2 is parked and gives its tag back; r3 has it from 2 to 12. r4 finds no tag and waits on the dispatch list. At 12
    // the slot is idle, and r2 comes back before r4, which is younger: it programs from 12 to 14 and ends at 24. r4 has a tag at
    // 14, but its key is gone; it is parked until 24, and ends at 36.
    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit, 32, 12, 24, 10, 12, 2)]
    [InlineData(NoKeyslot.SleepAtSubmit, 2, 12, 32, 10, 20, 2)]
    [InlineData(NoKeyslot.SleepAtRequest, 32, 12, 24, 10, 12, 2)]
    [InlineData(NoKeyslot.SleepAtRequest, 2, 12, 24, 22, 36, 3)]
    [InlineData(NoKeyslot.Requeue, 32, 12, 24, 24, 36, 3)]
    [InlineData(NoKeyslot.Requeue, 2, 12, 24, 24, 36, 3)]
    [InlineData(NoKeyslot.Park, 32, 12, 24, 12, 12, 2)]
    [InlineData(NoKeyslot.Park, 2, 12, 24, 12, 36, 3)]
    public void Four_requests_on_one_slot_end_when_worked_out_by_hand(NoKeyslot design, int tags, int r1, int r2, int r3, int r4, int programs)
    {
        bool isDispatched = design is NoKeyslot.Requeue or NoKeyslot.Park;
        using KeyslotScene scene = KeyslotScene.Ran(KeyslotScene.Toy with { NoKeyslot = design, QueueDepth = tags }, isDispatched ? OnePlug : FourTasks);

        Assert.Equal([r1, r2, r3, r4], scene.Ends);
        Assert.Equal(programs, scene.Programs);
        Assert.DoesNotContain(true, scene.Errors);
    }
}

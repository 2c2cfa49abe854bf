using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>What holds after every event of any small machine, whatever the design (KS-K1 to KS-K10).</summary>
public sealed class DesignProperties
{
    private static readonly Gen<KeyslotTask> Tasks =
        from keys in Gen.Elements('a', 'b', 'c', '-').NonEmptyListOf()
        from cpu in Gen.Choose(0, 1)
        from isPlugged in Gen.Elements(true, false)
        select new KeyslotTask(new string([.. keys.Take(5)]), isPlugged, cpu);

    private static Arbitrary<Small> Machines(params NoKeyslot[] designs) =>
        (from design in Gen.Elements(designs)
         from slots in Gen.Choose(1, 2)
         from tags in Gen.Choose(1, 3)
         from queues in Gen.Choose(1, 2)
         from program in Gen.Choose(0, 2)
         from hook in Gen.Elements(Enum.GetValues<WakeHook>())
         from age in Gen.Elements<int?>(null, 1, 20)
         from tasks in Gen.ListOf(Tasks)
         select new Small(
             KeyslotScene.Toy with
             {
                 NoKeyslot = design,
                 Keyslots = slots,
                 QueueDepth = tags,
                 HardwareQueues = queues,
                 ProgramKey = Scene.Us * program,
                 WakeHook = hook,
                 AgeLimit = age is { } limit ? Scene.Us * limit : null,
             },
             [.. tasks.Take(4)])).ToArbitrary();

    [Fact]
    public void Every_request_of_a_finite_load_ends_and_every_slot_comes_back() =>
        Properties.Check(Machines(Enum.GetValues<NoKeyslot>()), (Action<Small>)(machine => Run(machine, scene =>
        {
            Assert.Equal(scene.Host.Profile.Table.InUse, Slots(scene).Count(slot => slot.References > 0));
        })));

    [Fact]
    public void Who_sleeps_at_submit_holds_no_tag() =>
        Properties.Check(Machines(NoKeyslot.SleepAtSubmit), (Action<Small>)(machine => Run(machine, scene =>
        {
            foreach (Bio bio in scene.Pending.Where(bio => bio.Crypt is not null && bio.Keyslot is { Slot: null }))
            {
                Assert.Null(bio.Request);
            }
        })));

    [Fact]
    public void Who_sleeps_at_request_holds_exactly_one_tag_and_no_slot() =>
        Properties.Check(Machines(NoKeyslot.SleepAtRequest), (Action<Small>)(machine => Run(machine, scene =>
        {
            Assert.All(scene.Pending.Select(bio => bio.Request).OfType<Request>(), request => Assert.True(request.HasTag));
            Assert.InRange(TagsInUse(scene), scene.Pending.Count(bio => bio.Request is not null), scene.Pending.Count());   // a tag given back belongs to the first waiter at once
        })));

    [Fact]
    public void What_is_parked_or_put_back_holds_neither_tag_nor_slot() =>
        Properties.Check(Machines(NoKeyslot.Requeue, NoKeyslot.Park), (Action<Small>)(machine => Run(machine.FreeProgramming, scene =>
        {
            Assert.Equal(scene.Host.CommandsInUse, TagsInUse(scene));
            Assert.Equal(
                scene.Pending.Count(bio => bio.Request is { Keyslot: not null }),
                Slots(scene).Sum(slot => slot.References));
            Assert.All(
                scene.Pending.Select(bio => bio.Request).OfType<Request>().Where(request => request.Keyslot is null && request.Crypt is not null),
                request => Assert.False(request.HasTag));
        })));

    [Fact]
    public void Nobody_sleeps_while_a_slot_is_idle() =>
        Properties.Check(Machines(NoKeyslot.SleepAtSubmit, NoKeyslot.SleepAtRequest), (Action<Small>)(machine => Run(machine, scene =>
            Assert.False(scene.Host.Profile.HasSleepers && scene.Host.Profile.Table.Idle > 0))));

    [Fact]
    public void Who_is_parked_while_a_slot_is_idle_is_about_to_be_brought_back() =>
        Properties.Check(Machines(NoKeyslot.Park), (Action<Small>)(machine => Run(machine.FreeProgramming.NoAgeLimit, scene =>
        {
            if (scene.Host.Gate is Models.InlineCrypto.Waiting.ParkAtDispatch { Parked: > 0 } && scene.Host.Profile.Table.Idle > 0)
            {
                Assert.Contains(scene.Host.Queue.Contexts, context => context.HasPending);   // perhaps for want of a tag
            }
        })));

    private static void Run(Small machine, Action<KeyslotScene> check)
    {
        using KeyslotScene scene = new(machine.Options, machine.Tasks, cpus: 8);
        while (scene.Simulation.Run(new RunLimits { EventsPerInstantLimit = 100_000 }, 1) != RunState.Ended)
        {
            check(scene);
        }

        Assert.Equal((End.Completed, null), (scene.Simulation.Outcome.End, scene.Simulation.Outcome.Message));
        Assert.Equal(0, scene.Host.Profile.Table.InUse);
        Assert.DoesNotContain(true, scene.Errors);
        Assert.DoesNotContain(-1, scene.Ends);
        int keys = machine.Tasks.SelectMany(task => task.Keys).Where(key => key != '-').Distinct().Count();
        long diverted = (scene.Host.Gate as Models.InlineCrypto.Fallback.FallbackWithoutSlot)?.Exhausted ?? 0;   // to the CPU, which no slot is programmed for
        Assert.True(keys > machine.Options.Keyslots ? scene.Programs + diverted >= keys : scene.Programs == keys, "KS-K8");
    }

    private static int TagsInUse(KeyslotScene scene) => scene.Host.Queue.Contexts.Sum(context => context.Tags.InUse);

    private static IEnumerable<Keyslot> Slots(KeyslotScene scene) =>
        Enumerable.Range(0, scene.Host.Profile.Table.Count).Select(number => scene.Host.Profile.Table[number]);

    private sealed record Small(InlineCryptoOptions Options, KeyslotTask[] Tasks)
    {
        public override string ToString() =>
            $"{Options.NoKeyslot} {Options.Keyslots} slots {Options.QueueDepth} tags {Options.HardwareQueues} hctxs program {Options.ProgramKey} {Options.WakeHook} age {Options.AgeLimit}: " +
            string.Join(' ', Tasks.Select(task => $"{task.Keys}{(task.IsPlugged ? "/plugged" : "")}@{task.Cpu}"));

        public Small NoAgeLimit => this with { Options = Options with { AgeLimit = null } };

        /// <summary>Programming takes no time: a dispatcher holds tag and slot only from one event to the same.</summary>
        public Small FreeProgramming => this with { Options = Options with { ProgramKey = Duration.Zero } };
    }
}

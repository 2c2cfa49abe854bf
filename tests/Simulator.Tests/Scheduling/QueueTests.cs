using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Order and conservation in resources and stores.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<int> _log = [];

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Waiters_of_a_resource_are_served_in_the_order_in_which_they_came()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(11, 3, 60),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), gaps => ServedInOrderOfArrival(gaps)));
    }

    [Fact]
    public void A_store_loses_and_doubles_nothing_and_keeps_the_order()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(12, 5, 80),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte Capacity, byte Putters, byte Getters, ulong Seed)>(), shape => Conserves(shape)));
    }

    [Fact]
    public void An_unbounded_store_grows_and_keeps_the_order()
    {
        var store = new Store<int>(_simulation);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(store.TryPut(i));
            if (i % 3 == 0)
            {
                Assert.True(store.TryGet(out int item));
                _log.Add(item);
            }
        }

        while (store.TryGet(out int item))
        {
            _log.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 100), _log);
    }

    [Fact]
    public void A_unit_given_back_goes_to_the_first_waiter_and_not_to_a_newcomer()
    {
        var resource = new Resource(_simulation, 1);
        _ = HoldAsync(resource, 0, 0, 10);
        _ = HoldAsync(resource, 1, 5, 10);
        _ = HoldAsync(resource, 2, 10, 10);
        _simulation.Run();
        Assert.Equal([0, 1, 2], _log);
        Assert.Equal(0, resource.InUse);
    }

    [Fact]
    public void Waiters_can_be_woken_all_at_once_or_later()
    {
        var gate = new Gate(_simulation);
        for (int i = 0; i < 4; i++)
        {
            _ = PassAsync(gate, i);
        }

        _ = OpenAsync(gate);
        _simulation.Run();
        Assert.Equal([0, 10, 1, 10, 2, 10, 3, 25], _log);
        Assert.Equal(0, gate.WaiterCount);

        async Process OpenAsync(Gate target)
        {
            await _simulation.DelayPicoseconds(10);
            Assert.Equal(4, target.WaiterCount);
            var last = target.OpenForThree(new Duration(15));
            Assert.True(last.IsAlive);
        }
    }

    [Fact]
    public void Primitives_made_outside_a_run_are_as_new_after_a_reset()
    {
        var signal = new Signal(_simulation);
        var resource = new Resource(_simulation, 2);
        var store = new Store<int>(_simulation, 2);
        signal.Fire();
        resource.TryAcquire();
        store.TryPut(1);
        _ = PassAsync(new Gate(_simulation), 0);
        _simulation.Reset();
        Assert.False(signal.IsSet);
        Assert.Equal(0, resource.InUse);
        Assert.Equal(0, store.Count);
        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    private static bool ServedInOrderOfArrival(byte[] gaps)
    {
        using var simulation = new Simulation();
        var resource = new Resource(simulation, 2);
        var came = new List<int>();
        var served = new List<int>();
        _ = SourceAsync();
        simulation.Run();
        return came.SequenceEqual(served) && served.Count == gaps.Length;

        async Process SourceAsync()
        {
            for (int i = 0; i < gaps.Length; i++)
            {
                await simulation.DelayPicoseconds(gaps[i] % 4);
                _ = CustomerAsync(i, gaps[i] / 4 % 16);
            }
        }

        async Process CustomerAsync(int number, int service)
        {
            came.Add(number);
            await resource.AcquireAsync();
            served.Add(number);
            await simulation.DelayPicoseconds(service);
            resource.Release();
        }
    }

    private static bool Conserves((byte Capacity, byte Putters, byte Getters, ulong Seed) shape)
    {
        using var simulation = new Simulation();
        var random = new RandomStream(shape.Seed, "gaps");
        var store = new Store<(int Putter, int Number)>(simulation, 1 + shape.Capacity % 5) { Idle = true };
        var got = new List<(int Putter, int Number)>();
        int putters = 1 + shape.Putters % 4;
        for (int i = 0; i < putters; i++)
        {
            _ = PutAsync(i);
        }

        for (int i = 0; i <= shape.Getters % 4; i++)
        {
            simulation.Spawn("getter", GetAsync(), daemon: true);
        }

        var outcome = simulation.Run(new RunLimits { TimeLimit = new VirtualTime(1_000_000) });
        bool ordered = got.GroupBy(item => item.Putter).All(group => group.Select(item => item.Number).SequenceEqual(Enumerable.Range(0, 20)));
        return outcome == RunState.Ended && ordered && store.Count == 0 && got.Count == 20 * putters && got.Distinct().Count() == got.Count;

        async Process PutAsync(int putter)
        {
            for (int i = 0; i < 20; i++)
            {
                await simulation.DelayPicoseconds(random.NextInt(5));
                await store.PutAsync((putter, i));
            }

            await simulation.DelayPicoseconds(10_000);
        }

        async Process GetAsync()
        {
            while (true)
            {
                got.Add(await store.GetAsync());
                await simulation.DelayPicoseconds(random.NextInt(7));
            }
        }
    }

    private async Process HoldAsync(Resource resource, int number, long at, long length)
    {
        await _simulation.DelayPicoseconds(at);
        await resource.AcquireAsync();
        _log.Add(number);
        await _simulation.DelayPicoseconds(length);
        resource.Release();
    }

    private async Process PassAsync(Gate gate, int number)
    {
        await gate.PassAsync();
        _log.Add(number);
        _log.Add((int)_simulation.NowPicoseconds);
    }

    private sealed class Gate(Simulation simulation) : Waitable(simulation, "gate", "wait_event"), IResettable
    {
        public Suspension PassAsync() => Block(0);

        public Process OpenForThree(Duration delay)
        {
            WakeFirst();
                for (int i = WaiterCount; i > 1; i--)
            {
                WakeFirst();
            }

            var last = WakeFirstAfter(delay);
            WakeAll();
            return last;
        }

        public void Reset() => WakeAll();
    }
}

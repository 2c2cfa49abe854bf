namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>Values that must be one state however they came about, each beside one that must not.</summary>
public sealed class EqualStatesTests
{
    public static TheoryData<string> Cases => [.. Values.Select(pair => pair.Key)];

    /// <summary>A value, the same with another history, and another value.</summary>
    private static readonly SortedList<string, (Func<Simulation, object?> One, Func<Simulation, object?> Same, Func<Simulation, object?> Other)> Values = new(StringComparer.Ordinal)
    {
        ["string"] = (_ => "abc", _ => new string(['a', 'b', 'c']), _ => "abd"),
        ["record"] = (_ => new Named("a", 1), _ => new Named(new string('a', 1), 1), _ => new Named("a", 2)),
        ["record with its own equality"] = (_ => new Loose("a"), _ => new Loose("a"), _ => new Loose("b")),
        ["record with a list"] = (_ => new Listed("a", [1]), _ => new Listed("a", [1]), _ => new Listed("a", [2])),
        ["tuple"] = (_ => new[] { (1, "a") }, _ => new[] { (1, new string('a', 1)) }, _ => new[] { (1, "b") }),
        ["nullable"] = (_ => new int?[] { null, 0 }, _ => new int?[] { null, 0 }, _ => new int?[] { 0, null }),
        ["spare capacity of a list"] = (_ => new List<int> { 1 }, _ => new List<int>(100) { 1 }, _ => new List<int> { 1, 1 }),
        ["place in a queue"] = (_ => new Queue<int>([2, 3]), _ => Turned(), _ => new Queue<int>([3, 2])),
        ["stack"] = (_ => new Stack<int>([1, 2]), _ => Popped(), _ => new Stack<int>([2, 1])),
        ["place in a ring buffer"] = (_ => Ring(3, 1, 2, 3), _ => TurnedRing(), _ => Ring(3, 2, 1, 3)),
        ["capacity of a ring buffer"] = (_ => Ring(3, 1), _ => Ring(3, 1), _ => Ring(4, 1)),
        ["order in a dictionary"] = (
            _ => new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, _ => new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }, _ => new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }),
        ["order in a set"] = (_ => new HashSet<long> { 1, 2 }, _ => new HashSet<long> { 2, 1 }, _ => new HashSet<long> { 2, 3 }),
        ["set of enum members"] = (_ => new HashSet<Wake> { Wake.TimedOut, Wake.Interrupted }, _ => new HashSet<Wake> { Wake.Interrupted, Wake.TimedOut }, _ => new HashSet<Wake> { Wake.TimedOut }),
        ["free list"] = (_ => new FreeList<string>(), _ => Filled(), _ => new List<string>()),
        ["shared object"] = (_ => Twice(new Box(1)), _ => Twice(new Box(1)), _ => new[] { new Box(1), new Box(1) }),
        ["cycle"] = (_ => Ringed(2), _ => Ringed(2), _ => Ringed(3)),
        ["method"] = (_ => (Action)new Box(1).Add, _ => (Action)new Box(1).Add, _ => (Action)new Box(1).Drop),
        ["target of a method"] = (_ => (Action)new Box(1).Add, _ => (Action)new Box(1).Add, _ => (Action)new Box(2).Add),
        ["static method"] = (_ => (Func<object>)Popped, _ => (Func<object>)Popped, _ => (Func<object>)Turned),
        ["length of an array"] = (_ => new int[2], _ => new int[2], _ => new int[3]),
        ["array of arrays"] = (_ => new[] { new[] { 1 } }, _ => new[] { new[] { 1 } }, _ => new[] { new[] { 2 } }),
        ["boxed value"] = (_ => new[] { (object)Wake.TimedOut }, _ => new[] { (object)Wake.TimedOut }, _ => new[] { (object)Wake.Interrupted }),
        ["double"] = (_ => new[] { 0.5 }, _ => new[] { 1.0 / 2 }, _ => new[] { -0.5 }),
        ["decimal and time"] = (_ => new[] { (1.5m, new VirtualTime(3)) }, _ => new[] { (1.5m, new VirtualTime(3)) }, _ => new[] { (1.5m, new VirtualTime(4)) }),
        ["bytes and characters"] = (_ => new[] { ((sbyte)-1, 'x', true) }, _ => new[] { ((sbyte)-1, 'x', true) }, _ => new[] { ((sbyte)-1, 'x', false) }),
        ["random stream"] = (_ => Drawn(1), _ => Drawn(1), _ => Drawn(2)),
        ["no process and one that ended"] = (_ => new Process[1], _ => new Process[1], s => new[] { new Process(s, 0, -1) }),
        ["items of a store"] = (s => Stored(s, "a", "b"), s => Passed(s), s => Stored(s, "b", "a")),
        ["units of a resource"] = (s => Taken(s, 1, 1), s => Taken(s, 2, 1), s => Taken(s, 1, 0)),
        ["signal"] = (s => Fired(s, 1), s => Fired(s, 2), s => Fired(s, 0)),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equal_contents_are_one_state_and_others_are_not(string name)
    {
        using var scene = Captured.Of(simulation => new Holder(simulation));
        var holder = (Holder)scene.Scene!;
        byte[] one = holder.Put(scene, Values[name].One);
        byte[] same = holder.Put(scene, Values[name].Same);
        byte[] other = holder.Put(scene, Values[name].Other);

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_restored_value_is_the_value_captured(string name)
    {
        using var scene = Captured.Of(simulation => new Holder(simulation));
        var holder = (Holder)scene.Scene!;
        byte[] one = holder.Put(scene, Values[name].One);
        byte[] other = holder.Put(scene, Values[name].Other);
        for (int i = 0; i < 3; i++)
        {
            scene.Restore(one);
            Assert.Equal(one, scene.Bytes());
            scene.Restore(other);
            Assert.Equal(other, scene.Bytes());
        }
    }

    [Fact]
    public void A_restored_ring_buffer_and_a_restored_store_have_their_own_capacity()
    {
        using var scene = Captured.Of(simulation => new Holder(simulation));
        var holder = (Holder)scene.Scene!;
        byte[] small = holder.Put(scene, s => new object[] { Ring(1, 7), new Store<int>(s, 1) });
        byte[] large = holder.Put(scene, s => new object[] { Ring(3, 7, 8), Stored(s, "a", "b", "c") });
        foreach (byte[] state in new[] { small, large, small, large })
        {
            scene.Restore(state);
            var parts = (object[])holder.Value!;
            var ring = (RingBuffer<int>)parts[0];
            while (ring.Count < ring.Capacity)
            {
                ring.Enqueue(9);
            }

            Assert.Equal(state == small ? 1 : 3, ring.Capacity);
            Assert.Throws<InvalidOperationException>(() => ring.Enqueue(1));
            Assert.Equal(7, ring.Dequeue());
        }
    }

    [Fact]
    public void Two_restored_owners_never_share_a_free_list()
    {
        using var scene = Captured.Of(simulation => new Holder(simulation));
        var holder = (Holder)scene.Scene!;
        byte[] state = holder.Put(scene, _ => new[] { Filled(), Filled() });
        scene.Restore(state);
        var lists = (FreeList<string>[])holder.Value!;

        lists[0].Put("mine");

        Assert.False(lists[1].TryTake(out _));
        Assert.True(lists[0].TryTake(out _));
    }

    private static Queue<int> Turned()
    {
        var queue = new Queue<int>([1, 2]);
        queue.Dequeue();
        queue.Enqueue(3);
        return queue;
    }

    private static Stack<int> Popped()
    {
        var stack = new Stack<int>([1, 2, 3]);
        stack.Pop();
        return stack;
    }

    private static RingBuffer<int> Ring(int capacity, params int[] items)
    {
        var ring = new RingBuffer<int>(capacity);
        foreach (int item in items)
        {
            ring.Enqueue(item);
        }

        return ring;
    }

    private static RingBuffer<int> TurnedRing()
    {
        var ring = Ring(3, 0, 1, 2);
        ring.Dequeue();
        ring.Enqueue(3);
        return ring;
    }

    private static FreeList<string> Filled()
    {
        var list = new FreeList<string>();
        list.Put("unused");
        return list;
    }

    private static Box[] Twice(Box box) => [box, box];

    private static Box Ringed(int count)
    {
        var first = new Box(0);
        var last = first;
        for (int i = 1; i < count; i++)
        {
            last = last.Next = new Box(0);
        }

        last.Next = first;
        return first;
    }

    private static RandomStream Drawn(int times)
    {
        var stream = new RandomStream(1, "stream");
        for (int i = 0; i < times; i++)
        {
            stream.NextNormal();
        }

        return stream;
    }

    private static Store<string> Stored(Simulation simulation, params string[] items)
    {
        var store = new Store<string>(simulation, 3);
        foreach (string item in items)
        {
            store.TryPut(item);
        }

        return store;
    }

    private static Store<string> Passed(Simulation simulation)
    {
        var store = Stored(simulation, "x", "a");
        store.TryGet(out _);
        store.TryPut("b");
        return store;
    }

    private static Resource Taken(Simulation simulation, int taken, int left)
    {
        var resource = new Resource(simulation, 2);
        for (int i = 0; i < taken; i++)
        {
            resource.TryAcquire();
        }

        for (int i = left; i < taken; i++)
        {
            resource.Release();
        }

        return resource;
    }

    private static Signal Fired(Simulation simulation, int times)
    {
        var signal = new Signal(simulation);
        for (int i = 0; i < times; i++)
        {
            signal.Fire();
        }

        return signal;
    }

    private sealed record Named(string Name, int Number);

    private sealed record Listed(string Name, List<int> Numbers);

    private sealed record Loose(string Name)
    {
        public bool Equals(Loose? other) => other is not null;

        public override int GetHashCode() => 0;
    }

    private sealed class Box(int value)
    {
        public Box? Next;
        private int _value = value;

        public void Add() => _value++;

        public void Drop() => _value--;
    }

    private sealed class Holder
    {
        private readonly Simulation _simulation;

        public Holder(Simulation simulation)
        {
            _simulation = simulation;
            simulation.Spawn("holder", RunAsync());
        }

        public object? Value { get; private set; }

        public byte[] Put(Captured scene, Func<Simulation, object?> make)
        {
            Value = make(_simulation);
            return scene.Bytes();
        }

        private async Process RunAsync()
        {
            await _simulation.DelayPicoseconds(1);
            GC.KeepAlive(Value);
        }
    }
}

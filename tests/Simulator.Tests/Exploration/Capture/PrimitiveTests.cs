namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>Traps of the state of processes and primitives, one scene each.</summary>
public sealed class PrimitiveTests
{
    [Fact]
    public void A_finished_process_leaves_the_state()
    {
        using var scene = Captured.Of(Workers(2));
        scene.Step("w0", "w0");
        byte[] oneLeft = scene.Bytes();
        Assert.Equal(1, scene.Processes);
        using var other = scene.Again();
        other.Step("w1", "w1");

        Assert.Equal(oneLeft, other.Bytes());
    }

    [Fact]
    public void Which_of_several_equal_processes_is_where_makes_no_difference()
    {
        using var scene = Captured.Of(Workers(3));
        using var other = scene.Again();

        Assert.Equal(scene.Step("w2").Bytes(), other.Step("w0").Bytes());
    }

    [Fact]
    public void Without_symmetry_it_does()
    {
        using var scene = Captured.Of(Workers(3), symmetry: false);
        using var other = scene.Again();

        Assert.NotEqual(scene.Step("w2").Bytes(), other.Step("w0").Bytes());
    }

    [Fact]
    public void A_process_inside_an_operation_is_of_the_kind_of_its_root()
    {
        using var scene = Captured.Of(simulation =>
        {
            simulation.Spawn("a", RootAsync(simulation, deep: true));
            simulation.Spawn("b", RootAsync(simulation, deep: true));
        });
        using var other = scene.Again();

        Assert.Equal(scene.Step("a").Bytes(), other.Step("b").Bytes());
    }

    [Fact]
    public void The_cell_in_which_a_store_keeps_an_item_makes_no_difference()
    {
        void Build(Simulation simulation)
        {
            var first = new Store<string>(simulation);
            simulation.Spawn("get0", GetAsync(first));
            simulation.Spawn("get1", GetAsync(first));
            simulation.Spawn("put0", PutAsync(first, "x"));
            simulation.Spawn("put1", PutAsync(first, "x"));
        }

        using var scene = Captured.Of(Build);
        using var other = scene.Again();
        scene.Step("get0", "get1", "put0", "put1");
        other.Step("get1", "get0", "put1", "put0");

        Assert.Equal(scene.Bytes(), other.Bytes());
        scene.Step("get0");
        other.Step("get1");
        Assert.Equal(scene.Bytes(), other.Bytes());
    }

    [Fact]
    public void A_blocked_putter_of_a_store_made_on_the_way_keeps_its_item()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            Assert.True(RoundTrip.Check(simulation =>
            {
                for (int i = 0; i < 2; i++)
                {
                    simulation.Spawn("owner", OwnerAsync(simulation, i));
                }
            }, seed) > 10);
        }
    }

    [Fact]
    public void A_get_three_operations_deep_survives()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            Assert.True(RoundTrip.Check(simulation =>
            {
                var store = new Store<string>(simulation, 1);
                for (int i = 0; i < 2; i++)
                {
                    simulation.Spawn("deep", DeepProcessAsync(store));
                    simulation.Spawn("put", PutAsync(store, "x" + i));
                }
            }, seed) > 3);
        }
    }

    [Fact]
    public void A_timer_of_the_model_and_one_made_on_the_way_expire_as_the_originals()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Assert.True(RoundTrip.Check(simulation => _ = new Alarm(simulation), seed) > 5);
        }
    }

    [Fact]
    public void An_armed_timer_and_one_cancelled_in_the_lane_are_not_the_same_as_a_quiet_one()
    {
        byte[] After(Captured scene, params string[] steps)
        {
            using var copy = scene.Again();
            return copy.Step(steps).Bytes();
        }

        using var scene = Captured.Of(simulation => new Alarm(simulation));
        byte[] quiet = scene.Bytes();
        scene.Step("arm");
        byte[] armed = scene.Bytes();
        scene.Step("alarm");
        byte[] rung = scene.Bytes();
        scene.Restore(quiet);
        Assert.False(((Alarm)scene.Scene!).IsArmed);
        Assert.Equal(quiet, scene.Bytes());
        scene.Restore(armed);
        Assert.True(((Alarm)scene.Scene).IsArmed);
        Assert.Equal(armed, scene.Bytes());
        Assert.NotEqual(armed, rung);
        Assert.Equal(armed, After(scene, "arm"));
        Assert.NotEqual(After(scene, "arm", "cancel"), armed);
    }

    [Fact]
    public void A_handle_in_a_readonly_field_is_state_because_its_process_ends()
    {
        Assert.True(RoundTrip.Check(simulation =>
        {
            var watched = simulation.Spawn("watched", SleepAsync(simulation));
            simulation.Spawn("watcher", new Watcher(simulation, watched).RunAsync());
        }) > 3);
        using var scene = Captured.Of(simulation =>
        {
            var watched = simulation.Spawn("watched", SleepAsync(simulation));
            return new Watcher(simulation, watched).Start();
        });
        byte[] alive = scene.Bytes();
        scene.Step("watched", "watched");
        byte[] ended = scene.Bytes();
        scene.Restore(alive);
        Assert.True(((Watcher)scene.Scene!).Sees);
        scene.Restore(ended);
        Assert.False(((Watcher)scene.Scene).Sees);
    }

    [Fact]
    public void What_only_a_readonly_delegate_reaches_is_state()
    {
        using var scene = Captured.Of(simulation =>
        {
            var counter = new Counter();
            simulation.Spawn("caller", new Caller(simulation, counter.Count).RunAsync());
            return counter;
        });
        byte[] start = scene.Bytes();
        scene.Step("caller", "caller");
        byte[] later = scene.Bytes();
        Assert.Equal(2, ((Counter)scene.Scene!).Counted);
        scene.Restore(start);

        Assert.Equal(0, ((Counter)scene.Scene).Counted);
        Assert.NotEqual(start, later);
    }

    [Fact]
    public void A_step_that_throws_is_the_same_fault_from_a_restored_state()
    {
        Assert.True(RoundTrip.Check(simulation => simulation.Spawn("thrower", ThrowAsync(simulation))) > 1);
    }

    [Fact]
    public void More_than_255_processes_alone_in_their_class_or_without_symmetry_are_a_state()
    {
        using var scene = Captured.Of(Workers(300), symmetry: false);
        byte[] start = scene.Bytes();
        scene.Restore(start);

        Assert.Equal(start, scene.Bytes());
        Assert.Equal(300, scene.Processes);
    }

    private static Action<Simulation> Workers(int count) => simulation =>
    {
        for (int i = 0; i < count; i++)
        {
            simulation.Spawn($"w{i}", WorkAsync(simulation));
        }
    };

    private static async Process WorkAsync(Simulation simulation) => await simulation.DelayPicoseconds(1);

    private static async Process SleepAsync(Simulation simulation) => await simulation.DelayPicoseconds(1);

    private static async Process RootAsync(Simulation simulation, bool deep)
    {
        if (deep)
        {
            await InnerAsync(simulation);
        }

        await simulation.DelayPicoseconds(1);
    }

    private static async Operation InnerAsync(Simulation simulation) => await simulation.DelayPicoseconds(1);

    private static async Process GetAsync(Store<string> store) => _ = await store.GetAsync();

    private static async Process PutAsync(Store<string> store, string item) => await store.PutAsync(item);

    private static async Process DeepProcessAsync(Store<string> store) => _ = await OuterAsync(store);

    private static async Operation<string> OuterAsync(Store<string> store) => await MiddleAsync(store) + "o";

    private static async Operation<string> MiddleAsync(Store<string> store) => await LowestAsync(store) + "m";

    private static async Operation<string> LowestAsync(Store<string> store) => await store.GetAsync() + "l";

    private static async Process OwnerAsync(Simulation simulation, int number)
    {
        var store = new Store<string>(simulation, number + 1);
        simulation.Spawn("put", PutAllAsync(store, number));
        await simulation.DelayPicoseconds(1);
        string all = "";
        for (int i = 0; i < 4; i++)
        {
            all += await store.GetAsync();
        }

        await simulation.DelayPicoseconds(all.Length);
    }

    private static async Process PutAllAsync(Store<string> store, int number)
    {
        for (int i = 0; i < 4; i++)
        {
            await store.PutAsync($"{number}.{i}");
        }
    }

    private static async Process ThrowAsync(Simulation simulation)
    {
        await simulation.DelayPicoseconds(1);
        throw new InvalidOperationException("as intended");
    }

    private sealed class Counter
    {
        public int Counted { get; private set; }

        public void Count() => Counted++;
    }

    private sealed class Caller(Simulation simulation, Action call)
    {
        private readonly Action _call = call;

        public async Process RunAsync()
        {
            for (int i = 0; i < 3; i++)
            {
                _call();
                await simulation.DelayPicoseconds(1);
            }
        }
    }

    private sealed class Watcher(Simulation simulation, Process watched)
    {
        private readonly Process _watched = watched;

        public bool Sees => _watched.IsAlive;

        public Watcher Start()
        {
            simulation.Spawn("watcher", RunAsync());
            return this;
        }

        public async Process RunAsync()
        {
            while (_watched.IsAlive)
            {
                await simulation.DelayPicoseconds(1);
            }
        }
    }

    private sealed class Alarm
    {
        private readonly Simulation _simulation;
        private readonly Clock _clock;
        private Clock? _second;
        private int _rings;

        public Alarm(Simulation simulation)
        {
            _simulation = simulation;
            _clock = new Clock(simulation, this);
            simulation.Spawn("arm", ArmAsync());
            simulation.Spawn("cancel", CancelAsync());
        }

        public bool IsArmed => _clock.IsArmed;

        private async Process ArmAsync()
        {
            _clock.Arm(new Duration(5));
            await _simulation.DelayPicoseconds(1);
            _clock.Arm(Duration.Zero);
            _second = new Clock(_simulation, this);
            _second.Arm(new Duration(7));
            await _simulation.DelayPicoseconds(_rings + 1);
        }

        private async Process CancelAsync()
        {
            _clock.Cancel();
            await _simulation.DelayPicoseconds(1);
            _second?.Cancel();
            _second?.Arm(Duration.Zero);
            _second?.Cancel();
        }

        private sealed class Clock(Simulation simulation, Alarm alarm) : Timer(simulation, "alarm")
        {
            protected override void OnExpired() => alarm._rings++;
        }
    }
}

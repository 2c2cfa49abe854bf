using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Which orders are possible: worked out by hand.</summary>
public sealed class JitterTests
{
    [Theory]
    [InlineData(100, 100, "a b|b a")]   // 90..110 and 90..110
    [InlineData(100, 121, "a b|b a")]   // 90..110 and 108.9..133.1
    [InlineData(100, 123, "a b")]       // 90..110 and 110.7..135.3
    public void Two_delays_swap_where_their_intervals_overlap(long a, long b, string orders) => Assert.Equal(orders, Orders(0.1, model => Two(model, a, b)));

    [Fact]
    public void Ends_of_intervals_that_touch_may_swap_and_one_picosecond_apart_may_not()
    {
        Assert.Equal("a b|b a", Orders(0.1, model => Two(model, 90, 110)));   // 81..99 and 99..121
        Assert.Equal("a b", Orders(0.1, model => TwoPicoseconds(model, 90_000, 110_002)));   // 99,000 and 99,001.8, which is 99,002
    }

    [Fact]
    public void Without_jitter_only_equal_instants_swap()
    {
        Assert.Equal("a b|b a", Orders(0, model => Two(model, 100, 100)));
        Assert.Equal("a b", Orders(0, model => Two(model, 100, 101)));
    }

    /// <summary>After a step at 90..110, delays of 9..11 and 11.7..14.3: the intervals of the instants overlap (99..121 and 101.7..124.3), the order is certain.</summary>
    [Fact]
    public void Two_delays_from_one_step_share_its_instant()
    {
        Assert.Equal("b c", Orders(0.1, model => Fork(model, 10, 13)));
        Assert.Equal("b c|c b", Orders(0.1, model => Fork(model, 10, 12)));   // 9..11 and 10.8..13.2
    }

    /// <summary>a does 50 + 50, b 100: a's first at 45..55, its second 90..110 altogether, b at 90..110; and c of 84 (75.6..92.4) may come first, in between or last.</summary>
    [Fact]
    public void Delays_in_a_row_add_their_slack()
    {
        string[] orders = Orders(0.1, model =>
        {
            model.Simulation.Spawn("a", NoteAsync(model, "a", 50, 50));
            model.Simulation.Spawn("b", NoteAsync(model, "b", 100, 0));
            model.Simulation.Spawn("c", NoteAsync(model, "c", 84, 0));
        }).Split('|');
        Assert.Equal(["a b c", "a c b", "b a c", "b c a", "c a b", "c b a"], orders);

        // 75 ends at 82.5, before either of the others begins.
        Assert.Equal("c a b|c b a", Orders(0.1, model =>
        {
            model.Simulation.Spawn("a", NoteAsync(model, "a", 50, 50));
            model.Simulation.Spawn("b", NoteAsync(model, "b", 100, 0));
            model.Simulation.Spawn("c", NoteAsync(model, "c", 75, 0));
        }));
    }

    [Fact]
    public void The_delays_that_are_told_give_the_order_and_lie_in_their_intervals()
    {
        var factory = new TinyFactory(model =>
        {
            model.Simulation.Spawn("a", NoteAsync(model, "a", 120, 0));
            model.Simulation.Spawn("b", NoteAsync(model, "b", 60, 60));
            model.Simulation.Spawn("c", NoteAsync(model, "c", 110, 0));
        });
        using var runs = factory.Runs();
        var depthFirst = new DepthFirst();
        var steps = new NotedSteps(new JitterSteps(0.1));
        var walk = new Walk(steps, 1000);
        int orders = 0;
        for (; depthFirst.Begin(orders); orders++)
        {
            walk.Run(runs.Fresh(), depthFirst);
            var realised = steps.ToRealisation();
            Assert.Equal(walk.Names, realised.Steps.Select(s => s.Process));
            Assert.Equal(realised.Steps.OrderBy(s => s.At), realised.Steps);
            Assert.All(realised.Stretched, d => Assert.InRange(d.Needed.Picoseconds, d.Modelled.Picoseconds * 9 / 10, d.Modelled.Picoseconds * 11 / 10));
        }

        Assert.True(orders > 6);
    }

    [Fact]
    public void A_lost_wakeup_is_found_where_the_delays_allow_it_and_excluded_where_they_do_not()
    {
        // The reader sleeps at 100 +- j, the writer wakes at 150 +- j: they meet from 20 % on.
        using var runs = Tiny.LostWakeup().Runs();
        Assert.Equal(ExplorationVerdict.Proved, new RunHunter(runs, ExplorationMode.Jitter, 0.1).Hunt(new DepthFirst(), 1000).Verdict);
        Assert.Equal(ExplorationVerdict.Proved, new RunHunter(runs, ExplorationMode.Jitter, 0.19).Hunt(new DepthFirst(), 1000).Verdict);
        Assert.Equal(ExplorationVerdict.Failed, new RunHunter(runs, ExplorationMode.Jitter, 0.21).Hunt(new DepthFirst(), 1000).Verdict);
        Assert.Equal(ExplorationVerdict.Proved, new RunHunter(runs, ExplorationMode.Timed).Hunt(new DepthFirst(), 1000).Verdict);
        Assert.Equal(ExplorationVerdict.Failed, new RunHunter(runs).Hunt(new DepthFirst(), 1000).Verdict);
    }

    [Fact]
    public void A_timeout_that_did_not_pass_bounds_what_came_before_it()
    {
        // a waits for the signal for 100 at most (90..110). It fires at 130 (117..143): the timeout always wins, at 105 (94.5..115.5) it may not.
        static Action<TinyModel> Scene(long fire) => model =>
        {
            var signal = new Signal(model.Simulation, "signal");
            model.Simulation.Spawn("a", WaitAsync(model, signal));
            model.Simulation.Spawn("b", FireAsync(model, signal, fire));
        };
        Assert.Equal("TimedOut", Orders(0.1, Scene(130)));
        Assert.Equal("Signalled|TimedOut", Orders(0.1, Scene(105)));
    }

    private static string Orders(double jitter, Action<TinyModel> build)
    {
        var factory = new TinyFactory(build);
        using var runs = factory.Runs();
        Assert.Equal(ExplorationVerdict.Proved, new RunHunter(runs, ExplorationMode.Jitter, jitter).Hunt(new DepthFirst(), 10_000).Verdict);
        return string.Join('|', factory.Orders);
    }

    private static void Two(TinyModel model, long a, long b) => TwoPicoseconds(model, a * 1000, b * 1000);

    private static void TwoPicoseconds(TinyModel model, long a, long b)
    {
        model.Simulation.Spawn("a", OneAsync(model, "a", a));
        model.Simulation.Spawn("b", OneAsync(model, "b", b));
    }

    private static void Fork(TinyModel model, long b, long c) => model.Simulation.Spawn("a", ForkAsync(model, b, c));

    private static async Process OneAsync(TinyModel model, string name, long picoseconds)
    {
        await model.Simulation.DelayPicoseconds(picoseconds);
        model.Order.Add(name);
    }

    private static async Process ForkAsync(TinyModel model, long b, long c)
    {
        await model.Simulation.Delay(Tiny.Ns(100));
        model.Simulation.Spawn("b", OneAsync(model, "b", b * 1000));
        model.Simulation.Spawn("c", OneAsync(model, "c", c * 1000));
    }

    private static async Process NoteAsync(TinyModel model, string name, long first, long second)
    {
        await model.Simulation.Delay(Tiny.Ns(first));
        if (second > 0)
        {
            await model.Simulation.Delay(Tiny.Ns(second));
        }

        model.Order.Add(name);
    }

    private static async Process WaitAsync(TinyModel model, Signal signal)
    {
        await signal.WaitAsync(Tiny.Ns(100));
        model.Order.Add(model.Simulation.LastWake.ToString());
    }

    private static async Process FireAsync(TinyModel model, Signal signal, long after)
    {
        await model.Simulation.Delay(Tiny.Ns(after));
        signal.Fire();
    }
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Checks;

public sealed class LeakTests
{
    private static Scene Writing => new Scene().With("writer", Scene.Write("4KiB"));

    [Theory]
    [InlineData(WhenFull.Backlog, Front.None)]
    [InlineData(WhenFull.Reject, Front.Engine)]
    [InlineData(WhenFull.Reject, Front.EngineRetry)]
    public void A_correct_machine_leaves_nothing(WhenFull whenFull, Front front)
    {
        Scene scene = Writing;
        using Machine machine = (scene with
        {
            Ring = scene.Ring with
            {
                Usable = 3,
                WhenFull = whenFull,
                Front = front,
                EngineQlen = 2,
                Coalesce = new CoalesceOptions { Count = 2, Timer = Scene.Us * 5 },
            },
        }).Build();
        Assert.True(machine.Run());

        Assert.Equal("completed", machine.DescribeEnd().Ends);
        Assert.Null(machine.FindLeaks());
    }

    [Fact]
    public void A_job_that_nobody_waits_for_is_a_leak_of_its_ring_entry()
    {
        using Machine machine = Writing.Build();
        machine.Simulation.Spawn("stray", SubmitAt(machine, 17));   // the work ends at 18us
        Assert.True(machine.Run());

        Assert.Equal(("DM-J10", "all work has ended, and it leaves 1 of 511 entries of jr0 in use"), machine.FindLeaks());
        Assert.Equal(("fault", "DM-J10"), (machine.DescribeEnd().Ends, machine.DescribeEnd().Rule));
    }

    [Fact]
    public void A_request_that_was_dropped_is_a_leak_if_nobody_waits_for_it()
    {
        Scene scene = Writing;
        using Machine machine = (scene with { Ring = scene.Ring with { Usable = 8, WhenFull = WhenFull.DropRequest } }).Build();
        machine.Simulation.Spawn("stray", FloodAt(machine, 0, 9));
        Assert.True(machine.Run());

        Assert.Equal("deadlock", machine.DescribeEnd().Ends);
        Assert.Equal("DM-C1", machine.FindLeaks()?.Rule);
    }

    [Fact]
    public void In_the_middle_of_the_work_much_is_in_use()
    {
        Scene scene = new Scene().With("writer", Scene.Write("4KiB", number: 5_000)) with { Device = new DiskOptions { Latency = new ConstantDuration(Scene.Us * 50), Bandwidth = new Bandwidth(1_000_000_000) } };
        using Machine machine = scene.Build();
        List<string> rules = [];
        while (!machine.Run(maxEvents: 1))
        {
            rules.Add(machine.FindLeaks()?.Rule ?? "");
        }

        Assert.Contains("DM-J10", rules);
        Assert.Contains("DM-D6", rules);
        Assert.Null(machine.FindLeaks());
    }

    private static async Process SubmitAt(Machine machine, int us)
    {
        await machine.Simulation.Delay(Scene.Us * us);
        machine.Ciphers[0].Submit(new TestRequest("stray"));
    }

    private static async Process FloodAt(Machine machine, int us, int requests)
    {
        await machine.Simulation.Delay(Scene.Us * us);
        for (int i = 0; i < requests; i++)
        {
            machine.Ciphers[0].Submit(new TestRequest("stray"));
        }
    }
}

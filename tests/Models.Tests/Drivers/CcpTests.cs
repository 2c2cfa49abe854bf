using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.Exploration;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>ccp's two layers, each with a limit and a backlog (DM-P2, DM-P3), and the guard between them.</summary>
public class CcpTests
{
    private static readonly CcpOptions Small = new()
    {
        MaxQlen = 2,
        MaxCmdQlen = 1,
        Queues = 1,
        Setup = Scene.Service(Scene.Us * 2),
        Bandwidth = new Bandwidth(1L << 60),
        Wakeup = Duration.Zero,
        Tasklet = Duration.Zero,
    };

    [Fact]
    public void Commands_of_one_transformation_go_to_the_device_one_after_the_other()
    {
        using DriverBench bench = new(Small with { MaxQlen = 9, MaxCmdQlen = 9, Queues = 5 });
        bench.At(0, () => bench.Submit(3, tfm: 1));
        bench.At(0, () => bench.Submit(1, tfm: 2));
        bench.Run();
        // Five queues, and still r2 and r3 wait for the one before. r4 waits for the first queue, which was not yet active and was woken twice.
        Assert.Equal(["r1 0@2", "r4 0@4", "r2 0@4", "r3 0@6"], bench.Log);
    }

    [Fact]
    public void Several_transformations_keep_several_queues_busy()
    {
        using DriverBench bench = new(Small with { MaxQlen = 9, MaxCmdQlen = 9, Queues = 2 });
        bench.At(0, () => bench.Submit(1, tfm: 1));
        bench.At(100, () => bench.Submit(1, tfm: 2));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@2.1"], bench.Log);
    }

    [Fact]
    public void From_max_qlen_on_each_completion_notifies_the_first_of_the_backlog()
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(5, tfm: 1));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY EBUSY", answers);
        Assert.Equal(
            ["r3 EINPROGRESS@2", "r1 0@2", "r4 EINPROGRESS@4", "r2 0@4", "r5 EINPROGRESS@6", "r3 0@6", "r4 0@8", "r5 0@10"],
            bench.Log);
    }

    [Theory]
    [InlineData(KernelVersion.V41, "EBUSY")]
    [InlineData(KernelVersion.V58, "ENOSPC")]
    public void Without_MAY_BACKLOG_a_full_list_refuses(KernelVersion version, string answer)
    {
        using DriverBench bench = new(Small, version: version);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(3, mayBacklog: false, tfm: 1));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS " + answer, answers);
        Assert.Equal(2, bench.Log.Count);
    }

    [Fact]
    public void The_backlog_of_the_device_notifies_through_the_upper_layer()
    {
        using DriverBench bench = new(Small with { MaxQlen = 9 });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(1, tfm: 1));
        bench.At(0, () => answers += " " + bench.Submit(1, tfm: 2));
        bench.Run();
        // The device's list of one holds r1, since no hardware queue has woken yet.
        Assert.Equal("EINPROGRESS EBUSY", answers);
        Assert.Equal(["r2 EINPROGRESS@0", "r1 0@2", "r2 0@4"], bench.Log);
    }

    [Fact]
    public void A_held_command_that_the_device_backlogs_is_not_notified_for_its_caller_was_not_answered_EBUSY()
    {
        string[] log = HeldAndBacklogged(CcpNotify.AsAnswered, out Outcome outcome);
        Assert.Equal(End.Completed, outcome.End);
        Assert.DoesNotContain(log, line => line.StartsWith("r4 E", StringComparison.Ordinal));
        Assert.Contains(log, line => line.StartsWith("r4 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_guard_it_is_and_nobody_was_owed_that()
    {
        HeldAndBacklogged(CcpNotify.FromBothLayers, out Outcome outcome);
        Assert.Equal((End.Fault, "DM-C5"), (outcome.End, outcome.Rule));
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(2, 2, 2)]
    public void One_transformation_is_proved(int contexts, int requests, int maxQlen) =>
        DriverScenes.Proved(DriverScenes.Explore(Small with { MaxQlen = maxQlen }, contexts, requests));

    [Fact]
    public void The_missing_guard_is_found_with_two_transformations()
    {
        DriverScenes.Fails("fault", "DM-C5", Explore(Small with { MaxQlen = 9, Notify = CcpNotify.FromBothLayers }, 1, 2));
        DriverScenes.Proved(Explore(Small with { MaxQlen = 9 }, 1, 2));
    }

    [Fact]
    public void With_both_layers_full_the_mark_of_the_upper_one_notifies_whom_the_device_has_notified()
    {
        CcpOptions full = Small with { MaxQlen = 1 };
        Assert.Contains("had been called back so before", DriverScenes.Fails("fault", "DM-C5", Explore(full, 1, 1, 1)).Message, StringComparison.Ordinal);
        DriverScenes.Proved(Explore(full with { Notify = CcpNotify.Once }, 1, 1, 1));
        DriverScenes.Proved(Explore(full with { Notify = CcpNotify.Once }, 2, 1, 1));
    }

    private static string[] HeldAndBacklogged(CcpNotify notify, out Outcome outcome)
    {
        using DriverBench bench = new(Small with { MaxQlen = 9, Notify = notify });
        // r1 runs, r4 of the same transformation is held; r2 fills the device's list and r3 its backlog when r1 ends.
        bench.At(0, () => bench.Submit(1, tfm: 1));
        bench.At(100, () => bench.Submit(1, tfm: 2));
        bench.At(200, () => bench.Submit(1, tfm: 3));
        bench.At(300, () => bench.Submit(1, tfm: 1));
        outcome = bench.Run();
        return [.. bench.Log];
    }

    /// <summary>Single-request users, each group with a transformation of its own.</summary>
    private static ExplorationResult Explore(CcpOptions ccp, params int[] clones)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = 1, Devices = [new("ccp0", ccp)] },
            Workload = [.. clones.Select((numjobs, i) => new NamedPart<WorkloadOptions>(
                "user" + (char)('a' + i), new SingleRequestOptions { Engine = "ccp0", Numjobs = numjobs, NumberIos = 1 }))],
        };
        return new Explorer(new MachineScene.Factory(options), new ExplorationOptions { RandomRuns = 0, PctRuns = 0, StateLimit = 400_000 }).Run();
    }
}

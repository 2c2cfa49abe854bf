using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>Every order of small queues: no request is forgotten, or the schedule that forgets it.</summary>
public sealed class BlkMqExplorationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly InlineCryptoOptions Host = new()
    {
        Keyslots = 1,
        ProgramKey = Scene.Us,
        Latency = new ConstantDuration(Scene.Us * 10),
        Wakeup = Scene.Us,
        QueueDepth = 1,
    };

    [Theory]
    [InlineData(ElevatorKind.None, 1, 1, 2, 2)]          // tags are the bottleneck
    [InlineData(ElevatorKind.None, 2, 2, 2, 2)]
    [InlineData(ElevatorKind.MqDeadline, 1, 1, 2, 2)]    // driver tags at dispatch
    [InlineData(ElevatorKind.MqDeadline, 1, 2, 2, 2)]    // an elevator over two hardware queues
    [InlineData(ElevatorKind.MqDeadline, 2, 1, 2, 2)]
    public void No_order_forgets_a_request(ElevatorKind elevator, int depth, int queues, int jobs, int ios) =>
        Proved(Host with { Elevator = elevator, QueueDepth = depth, HardwareQueues = queues, NrRequests = elevator == ElevatorKind.None ? null : 2 }, Job(jobs, ios));

    [Theory]
    [InlineData(ElevatorKind.None, NoKeyslot.SleepAtRequest)]
    [InlineData(ElevatorKind.MqDeadline, NoKeyslot.SleepAtRequest)]
    [InlineData(ElevatorKind.MqDeadline, NoKeyslot.Requeue)]
    [InlineData(ElevatorKind.MqDeadline, NoKeyslot.Park)]
    public void No_order_forgets_a_request_that_needs_a_keyslot(ElevatorKind elevator, NoKeyslot design) =>
        Proved(Host with { Elevator = elevator, NoKeyslot = design, QueueDepth = 2 }, Job(1, 1) with { Key = "a" }, Job(1, 1) with { Key = "b" }, Job(1, 1));

    [Fact]
    public void No_order_forgets_a_request_that_is_refused_for_want_of_budget() =>
        Proved(Host with { QueueDepth = 2, HardwareQueues = 2, DeviceQueueDepth = 1 }, Job(2, 2));

    [Theory]
    [InlineData(ElevatorKind.None)]
    [InlineData(ElevatorKind.MqDeadline)]
    public void No_order_forgets_a_plugged_or_merged_request(ElevatorKind elevator) =>
        Proved(Host with { Elevator = elevator, NrRequests = elevator == ElevatorKind.None ? null : 2, QueueDepth = 2 }, Job(1, 3) with { Iodepth = 3, IodepthBatch = 3, Rw = Rw.Read, Key = "a" }, Job(1, 1) with { Key = "b" });

    [Fact]
    public void A_plug_that_is_kept_while_its_task_sleeps_for_a_tag_is_found_to_hang() =>
        Found("deadlock", Host with { PlugOnSleep = PlugOnSleep.Keep }, Job(1, 3) with { Iodepth = 3, IodepthBatch = 3 });

    [Fact]
    public void A_plug_that_is_flushed_when_its_task_sleeps_for_a_tag_never_hangs() =>
        Proved(Host with { PlugOnSleep = PlugOnSleep.Flush }, Job(1, 3) with { Iodepth = 3, IodepthBatch = 3 });

    [Theory]
    [InlineData(MergedKeyslot.Put, null)]
    [InlineData(MergedKeyslot.Leak, "fault")]
    public void A_keyslot_that_is_lost_in_a_merge_is_found(MergedKeyslot what, string? found)
    {
        InlineCryptoOptions host = Host with { Elevator = ElevatorKind.MqDeadline, MergedKeyslot = what, Keyslots = 2, NrRequests = 8 };
        JobOptions writes = Job(3, 2) with { Size = DataSize.FromKibibytes(16), Key = "a" };   // few enough blocks that three meet in a row

        if (found is null)
        {
            Proved(host, writes);
        }
        else
        {
            Found(found, host, writes);
        }
    }

    [Fact]
    public void A_state_of_a_queue_and_its_elevator_is_captured_whole() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore(Host with { Elevator = ElevatorKind.MqDeadline, QueueDepth = 1, NrRequests = 2, HardwareQueues = 2 }, [Job(2, 2) with { Key = "a" }], check: true).Verdict);

    private static JobOptions Job(int clones, int ios) => new()
    {
        Device = "ufs0",
        Rw = Rw.Randread,
        Size = DataSize.FromMebibytes(64),
        Numjobs = clones,
        NumberIos = ios,
        Iodepth = ios,
    };

    private void Proved(InlineCryptoOptions host, params JobOptions[] jobs)
    {
        ExplorationResult result = Explore(host, jobs);

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    private void Found(string what, InlineCryptoOptions host, params JobOptions[] jobs)
    {
        ExplorationResult result = Explore(host, jobs);

        Assert.Equal((ExplorationVerdict.Failed, what), (result.Verdict, result.Found));
    }

    private ExplorationResult Explore(InlineCryptoOptions host, JobOptions[] jobs, bool check = false)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions { Cpus = 2, Devices = [new NamedPart<DeviceOptions>("ufs0", host)] },
            Workload = [.. jobs.Select((job, i) => new NamedPart<WorkloadOptions>("job" + i, job))],
        };
        Assert.Empty(MachineValidator.Validate(options));
        ExplorationResult result = ExploredMachine.Explore(options, new ExplorationOptions { StateLimit = 2_000_000, Check = check });
        output.WriteLine($"{result.Verdict} {result.Found} {result.Message}: {result.Counts.States} states, {result.Counts.Transitions} transitions");
        return result;
    }
}

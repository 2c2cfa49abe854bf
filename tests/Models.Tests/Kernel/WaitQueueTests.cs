using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class WaitQueueTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly Things _things = new();
    private readonly List<string> _log = [];

    public WaitQueueTests() => _kernel = new LinuxKernel(_simulation, 4);

    public void Dispose() => _simulation.Dispose();

    private WaitQueue Make(int wakeup = 0) => new(_kernel, "queue", "take", _things, Duration.FromMicroseconds(wakeup));

    /// <summary>wait_event: takes one thing, and sleeps as long as there is none.</summary>
    private async Process Take(WaitQueue queue, string name, int at)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        while (_things.Count == 0)
        {
            await queue.SleepAsync();
            Log(name + " woken");
        }

        _things.Count--;
        Log(name + " takes");
    }

    private async Process Bring(WaitQueue queue, params int[] ats)
    {
        _kernel.Enter(CpuContext.Process);
        foreach (int at in ats)
        {
            await _simulation.Delay(Duration.FromMicroseconds(at) - (_simulation.Now - VirtualTime.Zero));
            _things.Count++;
            _log.Add($"wakes {queue.Wake()}");
        }
    }

    private void Log(string what) => _log.Add($"{what}@{((_simulation.Now - VirtualTime.Zero).Picoseconds / 1_000_000).ToString(CultureInfo.InvariantCulture)}");

    [Fact]
    public void One_thing_wakes_all_who_sleep_and_those_who_come_too_late_sleep_again()
    {
        WaitQueue queue = Make();
        _ = Take(queue, "a", at: 1);
        _ = Take(queue, "b", at: 2);
        _ = Take(queue, "c", at: 3);
        _ = Bring(queue, 10, 20, 30);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(
            ["wakes 3", "a woken@10", "a takes@10", "b woken@10", "c woken@10", "wakes 2", "b woken@20", "b takes@20", "c woken@20", "wakes 1", "c woken@30", "c takes@30"],
            _log);
    }

    [Fact]
    public void Who_never_slept_may_be_first_while_the_woken_are_on_their_way()
    {
        WaitQueue queue = Make(wakeup: 5);
        _ = Take(queue, "sleeper", at: 1);
        _ = Take(queue, "late", at: 12);
        _ = Bring(queue, 10, 20);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["wakes 1", "late takes@12", "sleeper woken@15", "wakes 1", "sleeper woken@25", "sleeper takes@25"], _log);
    }

    [Fact]
    public void A_wake_up_without_sleepers_is_not_remembered_but_what_was_brought_is()
    {
        WaitQueue queue = Make();
        _ = Bring(queue, 1);
        _ = Take(queue, "a", at: 2);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["wakes 0", "a takes@2"], _log);
    }

    [Fact]
    public void Something_brought_without_a_wake_up_is_reported_as_a_lost_wake_up()
    {
        WaitQueue queue = Make();
        _simulation.Spawn("sleeper", Take(queue, "a", at: 1));
        _ = BringInSilence(5);

        Outcome outcome = _simulation.Run();

        Assert.Equal((End.Deadlock, "DM-X7"), (outcome.End, outcome.Rule));
        Assert.Contains("1 thing is there", outcome.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void Sleeping_where_nothing_may_sleep_is_a_fault()
    {
        _simulation.Spawn("atomic", SleepInSoftirq(Make()));

        Outcome outcome = _simulation.Run();

        Assert.Equal((End.Fault, "DM-X2"), (outcome.End, outcome.Rule));
    }

    private async Process BringInSilence(int at)
    {
        await _simulation.Delay(Duration.FromMicroseconds(at));
        _things.Count++;
    }

    private async Process SleepInSoftirq(WaitQueue queue)
    {
        _kernel.Enter(CpuContext.Softirq);
        await queue.SleepAsync();
    }

    private sealed class Things : IWaitCondition
    {
        public int Count { get; set; }

        public string? WorkLeft => Count > 0 ? $"{Count} thing is there" : null;
    }
}

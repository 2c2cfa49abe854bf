using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class RwSemaphoreTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly List<string> _log = [];

    public RwSemaphoreTests() => _kernel = new LinuxKernel(_simulation, 4);

    public void Dispose() => _simulation.Dispose();

    private RwSemaphore Make(int wakeup = 0) => new(_kernel, "lock", Duration.FromMicroseconds(wakeup));

    private async Process Read(RwSemaphore semaphore, string name, int at, int hold, CpuContext context = CpuContext.Process)
    {
        _kernel.Enter(context);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        await semaphore.ReadAsync();
        Log(name);
        await _simulation.Delay(Duration.FromMicroseconds(hold));
        semaphore.EndRead();
    }

    private async Process Write(RwSemaphore semaphore, string name, int at, int hold)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        await semaphore.WriteAsync();
        Log(name);
        await _simulation.Delay(Duration.FromMicroseconds(hold));
        semaphore.EndWrite();
    }

    private async Process Spin(RwSemaphore semaphore, string name, int at)
    {
        _kernel.Enter(CpuContext.RcuReader);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        await semaphore.SpinAsync();
        Log(name);
        semaphore.EndWrite();
    }

    private void Log(string name) =>
        _log.Add($"{name}@{(_simulation.Now - VirtualTime.Zero).Picoseconds / 1_000_000.0:0.###}".ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Readers_share_it()
    {
        RwSemaphore semaphore = Make();
        _ = Read(semaphore, "r1", at: 0, hold: 10);
        _ = Read(semaphore, "r2", at: 5, hold: 10);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["r1@0", "r2@5"], _log);
    }

    /// <summary>w1 holds it 0 to 10; r1, r2 queue, then w2, then r3. At 10 r1 and r2 have it together, up to the next writer; w2 when the last of them leaves, r3 after it.</summary>
    [Fact]
    public void Waiters_have_it_in_their_order_and_readers_in_a_row_together()
    {
        RwSemaphore semaphore = Make();
        _ = Write(semaphore, "w1", at: 0, hold: 10);
        _ = Read(semaphore, "r1", at: 1, hold: 3);
        _ = Read(semaphore, "r2", at: 2, hold: 6);
        _ = Write(semaphore, "w2", at: 3, hold: 4);
        _ = Read(semaphore, "r3", at: 4, hold: 1);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["w1@0", "r1@10", "r2@10", "w2@16", "r3@20"], _log);
    }

    [Theory]
    [InlineData(false, "second@15.67")]
    [InlineData(true, "second@10")]
    public void Who_spins_goes_on_at_once_and_who_sleeps_is_woken_first(bool spins, string second)
    {
        RwSemaphore semaphore = new(_kernel, "lock", new Duration(5_670_000));
        _ = Write(semaphore, "first", at: 0, hold: 10);
        _ = spins ? Spin(semaphore, "second", at: 1) : Write(semaphore, "second", at: 1, hold: 0);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["first@0", second], _log);
    }

    [Fact]
    public void A_queued_writer_stops_new_readers_while_readers_hold_it()
    {
        RwSemaphore semaphore = Make();
        _ = Read(semaphore, "r1", at: 0, hold: 10);
        _ = Write(semaphore, "w", at: 1, hold: 5);
        _ = Read(semaphore, "r2", at: 2, hold: 1);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["r1@0", "w@10", "r2@15"], _log);
    }

    [Fact]
    public void A_waiter_runs_one_wake_up_after_it_has_been_given_the_lock()
    {
        RwSemaphore semaphore = Make(wakeup: 2);
        _ = Write(semaphore, "w1", at: 0, hold: 10);
        _ = Write(semaphore, "w2", at: 1, hold: 1);
        _ = Read(semaphore, "r", at: 11, hold: 1);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["w1@0", "w2@12", "r@15"], _log);
    }

    [Fact]
    public void Down_read_where_nothing_may_sleep_is_a_fault_even_if_the_lock_is_free()
    {
        _simulation.Spawn("reader", Read(Make(), "r", at: 0, hold: 1, CpuContext.RcuReader));

        Outcome outcome = _simulation.Run();

        Assert.Equal((End.Fault, "DM-X2"), (outcome.End, outcome.Rule));
        Assert.Contains("down_read", outcome.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void Taken_as_a_spinlock_it_is_no_sleep_and_keeps_the_order()
    {
        RwSemaphore semaphore = Make();
        _ = Write(semaphore, "w", at: 0, hold: 10);
        _ = Spin(semaphore, "s", at: 1);
        _ = Read(semaphore, "r", at: 2, hold: 1);

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["w@0", "s@10", "r@10"], _log);
    }

    [Fact]
    public void A_writer_that_waits_for_itself_is_reported_with_the_writer_as_the_one_who_owes_it()
    {
        RwSemaphore semaphore = Make();
        _simulation.Spawn("writer", Twice(semaphore));

        Outcome outcome = _simulation.Run();

        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Contains("writer", outcome.Blocked.Single().Owner, StringComparison.Ordinal);
    }

    private async Process Twice(RwSemaphore semaphore)
    {
        _kernel.Enter(CpuContext.Process);
        await semaphore.WriteAsync();
        await semaphore.WriteAsync();
    }
}

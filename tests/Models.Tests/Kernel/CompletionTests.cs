using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class CompletionTests : IDisposable
{
    private readonly Simulation _simulation;
    private readonly LinuxKernel _kernel;
    private readonly List<string> _log = [];

    public CompletionTests()
    {
        _simulation = new Simulation();
        _kernel = new LinuxKernel(_simulation, 1);
    }

    public void Dispose() => _simulation.Dispose();

    private string Now => _simulation.Now.Nanoseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    private async Process Wait(Completion completion, string name, int times = 1)
    {
        _kernel.Enter(CpuContext.Process);
        for (int i = 0; i < times; i++)
        {
            await completion.WaitAsync();
            _log.Add($"{name}@{Now}");
        }
    }

    private async Process Later(long nanoseconds, Action action)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromNanoseconds(nanoseconds));
        action();
    }

    [Fact]
    public void A_completion_before_the_wait_is_remembered()
    {
        Completion completion = new(_kernel, "done", "crypt_convert", Duration.Zero);
        completion.Complete();
        Assert.True(completion.IsDone);
        _ = Wait(completion, "waiter");

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["waiter@0"], _log);
        Assert.False(completion.IsDone);
    }

    [Fact]
    public void Completions_are_counted_and_each_wait_consumes_one()
    {
        Completion completion = new(_kernel, "done", "crypt_convert", Duration.Zero);
        completion.Complete();
        completion.Complete();
        _simulation.Spawn("waiter", Wait(completion, "waiter", times: 3));

        Outcome outcome = _simulation.Run();

        Assert.Equal(["waiter@0", "waiter@0"], _log);
        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Equal("crypt_convert", outcome.Blocked.Single().Symbol);
    }

    [Fact]
    public void Waiters_are_woken_one_by_one_in_their_order()
    {
        Completion completion = new(_kernel, "done", "crypt_convert", Duration.Zero);
        _ = Wait(completion, "first");
        _ = Wait(completion, "second");
        _ = Later(10, completion.Complete);
        _ = Later(20, completion.Complete);
        _simulation.Run();

        Assert.Equal(["first@10", "second@20"], _log);
    }

    [Fact]
    public void Reinitialising_forgets_what_was_completed()
    {
        Completion completion = new(_kernel, "done", "crypt_convert", Duration.Zero);
        completion.Complete();
        completion.Reinitialize();
        _ = Wait(completion, "waiter");
        _ = Later(10, completion.Complete);
        _simulation.Run();

        Assert.Equal(["waiter@10"], _log);
    }

    [Fact]
    public void A_woken_process_runs_one_wake_up_later_but_a_remembered_completion_costs_nothing()
    {
        Completion completion = new(_kernel, "done", "crypt_convert", Duration.FromNanoseconds(7));
        _ = Wait(completion, "waiter", times: 2);
        _ = Later(10, completion.Complete);
        _ = Later(12, completion.Complete);
        _simulation.Run();

        Assert.Equal(["waiter@17", "waiter@17"], _log);
    }
}

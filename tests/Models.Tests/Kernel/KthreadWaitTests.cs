using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class KthreadWaitTests
{
    [Theory]
    [InlineData(WaitOrder.StateTestSchedule, ExplorationVerdict.Proved, null)]
    [InlineData(WaitOrder.TestStateSchedule, ExplorationVerdict.Failed, "lost-wakeup")]
    [InlineData(WaitOrder.StateMutexTestSchedule, ExplorationVerdict.Proved, null)]
    public void Only_looking_before_setting_the_state_loses_a_wake_up(WaitOrder order, ExplorationVerdict verdict, string? found)
    {
        ExplorationResult result = new Explorer(new Factory(order), new ExplorationOptions { RandomRuns = 0, PctRuns = 0 }).Run();

        Assert.Equal((verdict, found), (result.Verdict, result.Found));
    }

    [Theory]
    [InlineData(WaitOrder.StateTestSchedule, 0)]
    [InlineData(WaitOrder.TestStateSchedule, 0)]
    [InlineData(WaitOrder.StateMutexTestSchedule, 1)]
    public void In_a_run_all_orders_work_and_sleeping_for_a_mutex_before_schedule_makes_the_thread_spin(WaitOrder order, long spins)
    {
        using Driver driver = new(order, requests: 1, holdUs: 10);
        driver.Simulation.Run();

        Assert.Equal((1, spins), (driver.Done, driver.Spins));
    }

    /// <summary>A kthread that serves a queue, and who fills it.</summary>
    private sealed class Driver : IExplorable, IKthreadWork
    {
        private readonly LinuxKernel _kernel;
        private readonly KthreadWait _wait;
        private readonly KernelMutex _mutex;
        private readonly Completion _all;
        private readonly int _requests;
        private int _queued;

        public Driver(WaitOrder order, int requests, int holdUs = 0)
        {
            _kernel = new LinuxKernel(Simulation, 2);
            _mutex = new KernelMutex(_kernel, "queue_mutex");
            _all = new Completion(_kernel, "all", "wait_for_completion", Duration.Zero);
            _requests = requests;
            _wait = new KthreadWait(_kernel, "dcp.chan", "dcp_chan_thread_aes", this, order, Duration.Zero, _mutex);
            if (holdUs > 0)
            {
                Simulation.Spawn("holder", HoldAsync(holdUs));
            }

            Simulation.Spawn("dcp", Thread(), daemon: true);
            Simulation.Spawn("submitter", Submit());
        }

        public Simulation Simulation { get; } = new();

        public IReadOnlyList<TraceEvent> Trace => [];

        public bool HasWork => _queued > 0;

        public string WorkLeft => "its queue holds a request";

        public int Done { get; private set; }

        public long Spins => _wait.Spins;

        public RunEnd DescribeEnd() => new()
        {
            Ends = Simulation.Outcome.End == End.Completed ? "completed" : "deadlock",
            Rule = Simulation.Outcome.Rule,
            AtPicoseconds = 0,
            Events = 0,
            Fingerprint = 0,
            Blocked = [],
        };

        public void Dispose() => Simulation.Dispose();

        private async Process Thread()
        {
            _kernel.Enter(CpuContext.Process);
            while (true)
            {
                await _wait.SleepAsync();
                while (_queued > 0)
                {
                    _queued--;
                    if (++Done == _requests)
                    {
                        _all.Complete();
                    }
                }
            }
        }

        private async Process Submit()
        {
            _kernel.Enter(CpuContext.Process);
            for (int i = 0; i < _requests; i++)
            {
                await Simulation.Delay(Scene.Us * 20);
                await _mutex.LockAsync();
                _queued++;
                _mutex.Unlock();
                _wait.Wake();
            }

            await _all.WaitAsync();
        }

        private async Process HoldAsync(int us)
        {
            await _mutex.LockAsync();
            await Simulation.Delay(Scene.Us * us);
            _mutex.Unlock();
        }
    }

    private sealed class Factory(WaitOrder order) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new Driver(order, requests: 2);
    }
}

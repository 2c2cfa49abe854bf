using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A driver whose queue is run by a kthread, which waits for the hardware and calls back itself.</summary>
/// <remarks>
/// <code>
///   submit: enqueue, wake_up_process ──► kthread: notify, start, wait for the interrupt, callback ──► the next, or schedule()
/// </code>
/// Time passes in the wake-ups of the kthread, and under the mutex of mutex-after-state.
/// Not modelled: that mv_cesa's thread does not wait for the interrupt but is woken by it, and what v4.1's mv_cesa did with an
/// uninitialised backlog (DM-B21).
/// </remarks>
[KernelSource("drivers/crypto/mxs-dcp.c", "mxs_dcp_aes_enqueue, dcp_chan_thread_aes", Version = "v6.18", Rules = "DM-Q5 DM-X7 DM-P5 DM-P9 DM-P10")]
public sealed class CryptoQueueThreadDriver : CryptoQueueDriver
{
    private readonly CryptoQueueDriverOptions _options;
    private readonly ThreadWait _wait;
    private readonly DriverThread _thread;
    private readonly Completion _done;         // the interrupt of the job that the kthread waits for
    private readonly KernelMutex? _mutex;      // around the queue, under mutex-after-state

    internal CryptoQueueThreadDriver(CryptoParts parts, CryptoQueueDriverOptions options, QueueProfile profile)
        : base(parts, options, profile)
    {
        _options = options;
        _wait = options.Wait ?? profile.WaitIn(Kernel.Version);
        _mutex = _wait == ThreadWait.MutexAfterState ? new KernelMutex(Kernel, Name + "->mutex") : null;
        _done = new Completion(Kernel, Name + "->completion", profile.Run, options.Wakeup);
        _thread = new DriverThread(Kernel, Name + "-thread", profile.Run, options.Wakeup, Run());
    }

    /// <summary>True under a mutex, for which a submitter may sleep.</summary>
    public override bool SubmitsInSteps => _mutex is not null;

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _thread.Owners(owners);
        base.Owners(owners);
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        SubmitResult result = Enqueue(request);
        _thread.Wake();
        return result;
    }

    /// <summary>Under the mutex. Context: process, for the mutex may sleep.</summary>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        await _mutex!.LockAsync();
        SubmitResult result = Enqueue(request);
        await Kernel.Simulation.Delay(_options.LockHold);
        _mutex.Unlock();
        _thread.Wake();
        return result;
    }

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request) => _done.Complete();

    private async Process Run()
    {
        Kernel.Enter(CpuContext.Process);
        while (true)
        {
            _thread.IsRunning = false;   // set_current_state(TASK_INTERRUPTIBLE)
            await LockAsync();
            (CryptoRequest? backlog, CryptoRequest? request) = Dequeue();
            _mutex?.Unlock();
            if (request is null)
            {
                await Kernel.Simulation.Delay(Duration.Zero);   // a submitter may come here: its wake-up is not lost
                await _thread.ScheduleAsync();
                continue;
            }

            _thread.IsRunning = true;
            if (backlog is not null)
            {
                CallBack(backlog, Errno.EINPROGRESS, Profile.Run);
            }

            Start(request);
            await _done.WaitAsync();
            CallBack(request, Errno.Success, Profile.Run);
        }
    }

    /// <summary>Takes what guards the queue: nothing that sleeps, or the mutex, for which a thread that has said it will sleep must not.</summary>
    private Suspension LockAsync()
    {
        switch (_wait)
        {
            case ThreadWait.MutexAfterState:
                if (_mutex!.IsLocked)
                {
                    Kernel.Simulation.Fail("DM-X7", $"do not call blocking ops when !TASK_RUNNING; state=1: {Name}-thread sleeps in mutex_lock between setting TASK_INTERRUPTIBLE and schedule(), and is TASK_RUNNING when it comes to that");
                }

                return _mutex.LockAsync();
            default:
                return Kernel.Simulation.Delay(Duration.Zero);   // a spinlock: only others can pass time here
        }
    }
}

using System.Runtime.CompilerServices;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Kernel;

/// <summary><c>struct completion</c>: counts completions that nobody has waited for yet (DM-X3).</summary>
/// <remarks>A <see cref="Complete"/> before the wait is remembered. A woken process runs one wake-up latency later.</remarks>
[KernelSource("kernel/sched/completion.c", "wait_for_completion, try_wait_for_completion, complete", Version = "v4.1", Rules = "DM-X3")]
public sealed class Completion : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;   // [ps] from complete() until the waiter runs
    private int _done;                   // completions not yet consumed

    /// <summary>Initialises a completion, as <c>init_completion</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">E.g. <c>ctx->restart</c>.</param>
    /// <param name="function">The function that waits on it, e.g. <c>crypt_convert</c>.</param>
    /// <param name="wakeup">From <see cref="Complete"/> until the waiter runs.</param>
    public Completion(LinuxKernel kernel, string name, string function, Duration wakeup)
        : base(kernel.Simulation, name, function)
    {
        _kernel = kernel;
        _wakeup = wakeup;
    }

    /// <summary>True if a <see cref="WaitAsync"/> would not block, as <c>completion_done</c>.</summary>
    public bool IsDone => _done > 0;

    /// <inheritdoc/>
    protected override string? WorkLeft => _done > 0 ? $"{Name} is completed" : null;

    /// <summary>Blocks while nothing is completed, then consumes one completion. Context: process; elsewhere a fault.</summary>
    /// <param name="file">Of the caller.</param>
    /// <param name="line">Of the caller.</param>
    public Suspension WaitAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!_kernel.MaySleep("wait_for_completion") || _kernel.LockOrder?.Taking(Name, file, line) == false)
        {
            return Block(line);
        }

        if (_done > 0)
        {
            _done--;
            return Ready;
        }

        _kernel.OnSleep();
        return Block(line);
    }

    /// <summary>Consumes one completion if there is one, as <c>try_wait_for_completion</c>. Context: any.</summary>
    /// <returns>False if nothing was completed.</returns>
    public bool TryWait()
    {
        if (_done == 0)
        {
            return false;
        }

        _done--;
        return true;
    }

    /// <summary>Counts a completion and wakes the first waiter. Context: any.</summary>
    public void Complete()
    {
        _kernel.LockOrder?.Completing(Name);
        if (!HasWaiters)
        {
            _done++;
            return;
        }

        Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
        Process woken = WakeFirstAfter(delay);
        _kernel.Tracer?.Emit(TraceKind.Wake, "complete", target: woken.Name, subject: Name);
    }

    /// <summary>Forgets all completions, as <c>reinit_completion</c>.</summary>
    public void Reinitialize() => _done = 0;
}

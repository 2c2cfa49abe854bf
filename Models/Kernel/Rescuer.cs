using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The rescuer of a WQ_MEM_RECLAIM workqueue: runs its items one by one while no kworker can be created (DM-X4).</summary>
/// <remarks>
/// <code>
///   item queued, no worker for it ──► 10 ms ──► mayday ──► rescuer: item by item, until none is left
/// </code>
/// Exists only where kthreads cannot be created. Time passes in the 10 ms and in the items.
/// </remarks>
[KernelSource("kernel/workqueue.c", "rescuer_thread, pool_mayday_timeout", Version = "v6.18", Rules = "DM-X4")]
internal sealed class Rescuer : Waitable, IHolder
{
    /// <summary>MAYDAY_INITIAL_TIMEOUT: HZ / 100.</summary>
    public static readonly Duration Mayday = Duration.FromMilliseconds(10);

    private readonly LinuxKernel _kernel;
    private readonly Queue<WorkerPool> _pools = new();   // that have called, oldest call first
    private readonly Process _process;

    public Rescuer(LinuxKernel kernel, string name)
        : base(kernel.Simulation, "kworker/R-" + name, "rescuer_thread")
    {
        Idle = true;
        _kernel = kernel;
        _process = kernel.Simulation.Spawn(Name, Run(), daemon: true);
    }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _pools.Count > 0 ? "it was called" : null;

    public void Call(WorkerPool pool)
    {
        _pools.Enqueue(pool);
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    public void Owners(OwnerList owners) => owners.Add(_process);

    [KernelSource("kernel/workqueue.c", "rescuer_thread", Version = "v6.18")]
    private async Process Run()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            WorkerPool? pool;
            while (!_pools.TryDequeue(out pool))
            {
                await WaitForCallAsync();
            }

            while (pool.TryTake(out WorkItem? item))
            {
                await pool.RunAsync(item);
            }

            pool.OnRescued();
        }
    }

    private Suspension WaitForCallAsync([CallerLineNumber] int line = 0) => Block(line);
}

/// <summary>The timer of a pool that has items and can get no worker.</summary>
internal sealed class MaydayTimer(Simulation simulation, WorkerPool pool, Rescuer rescuer) : Simulator.Timer(simulation, pool.Name + " mayday")
{
    private readonly WorkerPool _pool = pool;
    private readonly Rescuer _rescuer = rescuer;
    private bool _isCalled;   // the rescuer has this pool on its list

    /// <summary>An item was queued that no worker will run.</summary>
    public void OnQueued()
    {
        if (!IsArmed && !_isCalled)
        {
            Arm(Rescuer.Mayday);
        }
    }

    /// <summary>The rescuer has left nothing.</summary>
    public void OnRescued() => _isCalled = false;

    public void Owners(OwnerList owners)
    {
        if (IsArmed)
        {
            owners.Add(this);
        }

        _rescuer.Owners(owners);
    }

    protected override void OnExpired()
    {
        _isCalled = true;
        _rescuer.Call(_pool);
    }
}

using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>The flusher of a file system, and tasks that need memory and wait for it.</summary>
/// <remarks>
/// <code>
///   task: no page is free ──► asleep ◄── a page is free ◄── clean ◄── device ◄── flusher: one dirty page after the other
/// </code>
/// The flusher has no reserve of its own: it is no task with PF_MEMALLOC. Not modelled: balance_dirty_pages, kswapd, the reserves of
/// who reclaims directly.
/// </remarks>
[KernelSource("fs/fs-writeback.c", "wb_workfn, wakeup_flusher_threads", Version = "v6.18", Rules = "DM-X5")]
internal sealed class Flusher
{
    private readonly LinuxKernel _kernel;
    private readonly DirtyPages _pages;
    private readonly Kmalloc _allocations;
    private int _waiting;                   // tasks that have no page yet
    [NotState]
    private readonly Process _process;

    public Flusher(LinuxKernel kernel, DirtyPages pages, int tasks)
    {
        (_kernel, _pages, _waiting) = (kernel, pages, tasks);
        _allocations = new Kmalloc(kernel, "__alloc_pages", kernel.Costs.Hop);
        for (int task = 0; task < tasks; task++)
        {
            kernel.Simulation.Spawn(pages.Name + "/task-" + task.ToString(CultureInfo.InvariantCulture), AllocateAsync());
        }

        _process = kernel.Simulation.Spawn("kworker/flush", WriteAsync());
    }

    /// <summary>For diagnosis.</summary>
    public void Owners(OwnerList owners) => owners.Add(_process);

    private async Process AllocateAsync()
    {
        _kernel.Enter(CpuContext.Process);
        await _allocations.AllocateAsync();
        _waiting--;
        _allocations.Free();
    }

    private async Process WriteAsync()
    {
        _kernel.Enter(CpuContext.Process);
        while (_waiting > 0 && _pages.Dirty > 0)
        {
            await _pages.WriteBackAsync();
            _kernel.Memory.Give();
        }
    }
}

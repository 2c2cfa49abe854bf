using System.Runtime.CompilerServices;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Kernel;

/// <summary>kmalloc with GFP_NOIO of something small: it never fails, and so waits as long as no page is free.</summary>
/// <remarks>
/// <code>
///   AllocateAsync ──► free page │ reclaimed without I/O │ none: tries again whenever a page comes back
/// </code>
/// Time passes in waiting. GFP_NOIO may not write dirty pages; only who allocates with GFP_KERNEL does, and the OOM killer does
/// not come for either (recalled: out_of_memory() returns at once without __GFP_FS). Not modelled: the size, which is a page.
/// </remarks>
[KernelSource("mm/page_alloc.c", "__alloc_pages_slowpath, __alloc_pages_may_oom", Version = "v6.18", Rules = "DM-X5")]
public sealed class Kmalloc : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;   // [ps] from a page's coming back until a waiter runs

    /// <summary>Allocations of one place in the code.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="function">The function that allocates, e.g. <c>bio_kmalloc</c>.</param>
    /// <param name="wakeup">From a page's coming back until who waits runs.</param>
    public Kmalloc(LinuxKernel kernel, string function, Duration wakeup)
        : base(kernel.Simulation, "a free page", function)
    {
        (_kernel, _wakeup) = (kernel, wakeup);
        kernel.Memory.Add(this);
    }

    /// <summary>Allocated and not yet freed.</summary>
    public int InUse { get; private set; }

    /// <inheritdoc/>
    protected override string? WorkLeft => _kernel.Memory.Free > 0 ? "a page is free" : null;

    /// <summary>Allocates. Context: process; elsewhere a fault.</summary>
    public async Operation AllocateAsync()
    {
        if (!_kernel.MaySleep(Symbol))
        {
            return;
        }

        while (!_kernel.Memory.TryTake(Gfp.NoIo))
        {
            Owner = _kernel.Reclaim as IHolder;
            _kernel.Tracer?.Emit(TraceKind.Wait, "__alloc_pages_slowpath", Symbol, detail: "no page is free");
            _kernel.OnSleep();
            await WaitForPageAsync();
        }

        InUse++;
    }

    /// <summary>kfree. Context: any.</summary>
    public void Free()
    {
        Invariant.Holds(InUse > 0, "no more is freed than was allocated");
        InUse--;
        _kernel.Memory.Give();
    }

    /// <summary>A page came back: all who wait try again.</summary>
    internal void OnPageFreed()
    {
        while (HasWaiters)
        {
            _ = WakeFirstAfter(_kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup));
        }
    }

    private Suspension WaitForPageAsync([CallerLineNumber] int line = 0) => Block(line);
}

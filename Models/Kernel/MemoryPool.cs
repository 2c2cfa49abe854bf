using System.Runtime.CompilerServices;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Kernel;

/// <summary><c>mempool_t</c>: elements from the allocator while it has some, from a reserve when it has none (DM-X5).</summary>
/// <remarks>
/// <code>
///   AllocateAsync ──► allocator without reclaim ──► reserve ──► allocator with the caller's mask ──► may not sleep: none
///                          ▲                                                                    └─► sleep
///                          └──────────── an element was freed, or 5 s have passed ◄──────────────────┘
///   Free ──► reserve, if below min_nr (wakes all who sleep, first come first) │ allocator
/// </code>
/// A blocking allocation never fails, but may wait for ever. Time passes in sleeping and in the wake-up.
/// The 5 s run only once the allocator has got a page back since the attempt that failed: without that a further attempt fails
/// like the last, and a clock that ticks on for nothing would hide that everybody waits for everybody. All who sleep try again
/// together, 5 s or a multiple of it after the first of them went to sleep.
/// </remarks>
[KernelSource("mm/mempool.c", "mempool_alloc, mempool_free", Version = "v4.1", Rules = "DM-X5")]
public sealed class MemoryPool : Waitable, IHolder
{
    /// <summary>Longest sleep between two attempts: <c>io_schedule_timeout(5 * HZ)</c>.</summary>
    public static readonly Duration RetryAfter = Duration.FromSeconds(5);

    private readonly LinuxKernel _kernel;
    private readonly PageAllocator _allocator;
    private readonly Duration _wakeup;                  // [ps] from waking a sleeper until it runs
    private readonly RetryTimer _retry;
    private int _reserve;                               // elements in the reserve
    private int _inUse;                                 // elements allocated
    private int _leastMissing;                          // elements that the least demanding of those who sleep lacks
    [NotState]
    private readonly List<IHolder> _holders = [];       // of elements whose holder was named, in no order; for diagnosis
    [NotState]
    private long _sleepersSince;                        // [ps] when the first of those who sleep went to sleep

    /// <summary>A pool with its reserve filled, as <c>mempool_create</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">E.g. <c>page_pool</c>.</param>
    /// <param name="reserve">min_nr [1..]: elements kept for bad times.</param>
    /// <param name="allocator">Where elements come from; null for the machine's.</param>
    /// <param name="wakeup">From waking a sleeper until it runs.</param>
    public MemoryPool(LinuxKernel kernel, string name, int reserve, PageAllocator? allocator = null, Duration wakeup = default)
        : base(kernel.Simulation, name, "mempool_alloc")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reserve, 1);
        (_kernel, _allocator, _wakeup) = (kernel, allocator ?? kernel.Memory, wakeup);
        Reserve = _reserve = reserve;
        _retry = new RetryTimer(this);
        _allocator.Add(this);
    }

    /// <summary>min_nr: elements in the full reserve.</summary>
    public int Reserve { get; }

    /// <summary>Elements in the reserve now [0..Reserve].</summary>
    public int InReserve => _reserve;

    /// <summary>Elements allocated and not yet freed; when all work has ended, those that leaked.</summary>
    public int InUse => _inUse;

    /// <summary>Most elements in use at a time.</summary>
    [field: NotState]
    public int InUseMax { get; private set; }

    /// <summary>Times that an allocation went to sleep.</summary>
    [field: NotState]
    public long Sleeps { get; private set; }

    /// <inheritdoc/>
    public string Label => Name + " elements";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    protected override string? WorkLeft => _reserve > 0 && _reserve >= _leastMissing ? $"the reserve of {Name} holds {_reserve} element{(_reserve == 1 ? "" : "s")}" : null;

    // ── from its users ──────────────────────────────────────────────────

    /// <summary>Allocates without sleeping: all steps of <c>mempool_alloc</c> but the last. Context: any.</summary>
    /// <param name="gfp">What the allocation may do.</param>
    /// <param name="holder">Who has the element until it is freed, for diagnosis; null if that is not said.</param>
    /// <returns>False where <c>mempool_alloc</c> answers NULL or, under GFP_NOIO, would sleep.</returns>
    public bool TryAllocate(Gfp gfp, IHolder? holder = null)
    {
        if (!_allocator.TryTake(gfp == Gfp.NoIo ? Gfp.NoWait : gfp) && !TryTakeReserve() && (gfp != Gfp.NoIo || !_allocator.TryTake(gfp)))
        {
            return false;
        }

        Take(holder);
        return true;
    }

    /// <summary>Allocates as <c>mempool_alloc</c>: under GFP_NOIO it sleeps until it has an element. Context: process; elsewhere a fault under GFP_NOIO.</summary>
    /// <param name="gfp">What the allocation may do.</param>
    /// <param name="holder">Who has the element until it is freed, for diagnosis; null if that is not said.</param>
    /// <returns>False only under masks that may not sleep.</returns>
    public Operation<bool> AllocateAsync(Gfp gfp, IHolder? holder = null)
    {
        bool mayNotSleep = gfp == Gfp.NoIo && !_kernel.MaySleep("mempool_alloc");
        bool isAllocated = !mayNotSleep && TryAllocate(gfp, holder);
        return isAllocated || gfp != Gfp.NoIo ? new Operation<bool>(isAllocated) : SleepAsync(gfp, holder);
    }

    /// <summary>Allocates several elements as <c>mempool_alloc_bulk</c>: those that the allocator does not have come from the reserve, all of them or none, and until it has so many the caller sleeps. Context: process; elsewhere a fault.</summary>
    /// <param name="count">How many, at most as the full reserve has.</param>
    /// <param name="holder">Who has the elements until they are freed, for diagnosis; null if that is not said.</param>
    [KernelSource("mm/mempool.c", "mempool_alloc_bulk, mempool_alloc_from_pool", Commit = "3d939695e682", Rules = "DM-X5")]
    public async Operation AllocateManyAsync(int count, IHolder? holder = null)
    {
        Invariant.Holds(count <= Reserve, "no more elements are asked for than the full reserve has");
        if (!_kernel.MaySleep("mempool_alloc_bulk"))
        {
            return;
        }

        int missing = TakeFromAllocator(count, Gfp.NoWait, holder);
        while (!TryTakeReserve(missing, holder))
        {
            missing = TakeFromAllocator(missing, Gfp.NoIo, holder);
            if (missing > _reserve)
            {
                BeginSleep(missing);
                await WaitForElementAsync();
            }
        }
    }

    /// <summary>Frees an element, as <c>mempool_free</c>: into the reserve first. Context: any.</summary>
    /// <param name="holder">As at the allocation.</param>
    public void Free(IHolder? holder = null)
    {
        Invariant.Holds(_inUse > 0, "no more elements are freed than were allocated");
        _inUse--;
        Forget(holder);
        if (_reserve == Reserve)
        {
            _allocator.Give();
            return;
        }

        _reserve++;
        WakeSleepers();
    }

    // ── from the allocator ──────────────────────────────────────────────

    /// <summary>A page came back: whoever sleeps may find it when the 5 s are over.</summary>
    internal void OnPageFreed()
    {
        if (HasWaiters && !_retry.IsArmed)
        {
            long slept = Simulation.NowPicoseconds - _sleepersSince;
            _retry.Arm(new Duration(RetryAfter.Picoseconds - (slept % RetryAfter.Picoseconds)));
        }
    }

    private void Take(IHolder? holder)
    {
        InUseMax = Math.Max(InUseMax, ++_inUse);
        Remember(holder);
    }

    /// <returns>How many are missing still.</returns>
    private int TakeFromAllocator(int count, Gfp gfp, IHolder? holder)
    {
        while (count > 0 && _allocator.TryTake(gfp))
        {
            Take(holder);
            count--;
        }

        return count;
    }

    private bool TryTakeReserve(int count, IHolder? holder)
    {
        if (_reserve < count)
        {
            return false;
        }

        for (_reserve -= count; count > 0; count--)
        {
            Take(holder);
        }

        return true;
    }

    private bool TryTakeReserve()
    {
        if (_reserve == 0)
        {
            return false;
        }

        _reserve--;
        return true;
    }

    private async Operation<bool> SleepAsync(Gfp gfp, IHolder? holder)
    {
        do
        {
            BeginSleep(1);
            await WaitForElementAsync();
        }
        while (!TryAllocate(gfp, holder));
        return true;
    }

    private void BeginSleep(int missing)
    {
        Sleeps++;
        _leastMissing = HasWaiters ? Math.Min(_leastMissing, missing) : missing;
        _sleepersSince = HasWaiters ? _sleepersSince : Simulation.NowPicoseconds;
        _kernel.Tracer?.Emit(TraceKind.Wait, "mempool_alloc", target: Name, detail: _reserve == 0 ? "the reserve is empty" : $"the reserve holds {_reserve}, which is too few");
        _kernel.OnSleep();
    }

    /// <summary>Their wait entries are not exclusive: all of them run, and those who find nothing sleep again, in the same order.</summary>
    private void WakeSleepers()
    {
        _retry.Cancel();
        _leastMissing = 0;
        while (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
            _ = WakeFirstAfter(delay);
        }
    }

    private Suspension WaitForElementAsync([CallerLineNumber] int line = 0) => Block(line);

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <summary>Whoever holds an element may free it; so may the end of the 5 s bring one.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (IHolder holder in _holders)
        {
            owners.Add(holder);
        }

        if (_retry.IsArmed)
        {
            owners.Add(_retry);
        }
    }

    private void Remember(IHolder? holder)
    {
        if (holder is null || _allocator.IsEndless)   // where nobody ever sleeps
        {
            return;
        }

        if (_holders.Count >= _inUse)
        {
            _holders.Clear();   // left there by a state that was explored before
        }

        Owner = this;
        _holders.Add(holder);
    }

    private void Forget(IHolder? holder)
    {
        int place = holder is null ? -1 : _holders.LastIndexOf(holder);
        if (place >= 0)
        {
            _holders[place] = _holders[^1];
            _holders.RemoveAt(_holders.Count - 1);
        }
    }

    private sealed class RetryTimer(MemoryPool pool) : Simulator.Timer(pool.Simulation, pool.Name + " retry")
    {
        protected override void OnExpired() => pool.WakeSleepers();
    }
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct blk_crypto_profile</c>: the keyslots of a host behind their lock, and the sleep of those for whom none is left.</summary>
/// <remarks>
/// <code>
///   GetAsync ──► read lock: hit? ──► pm_runtime_get_sync, write lock: hit? ──► idle slot? program it under the lock ──► slot
///                                                    ▲                              └─ none: sleep on idle_slots_wait_queue
///                                                    └──────────────────── everybody ◄── Put of the last reference
/// </code>
/// One for each host: all its hardware queues share it. No fairness: hits win at once, and a key that is always busy never
/// frees its slot (KS-13). Time passes in the lock, in programming and in the sleep.
/// </remarks>
[KernelSource("block/blk-crypto-profile.c", "struct blk_crypto_profile", Version = "v6.18", Rules = "KS-5 KS-6 KS-7 KS-8 KS-9 KS-10 KS-11 KS-12 KS-13 KS-14 KS-15 KS-16")]
public sealed partial class CryptoProfile : IWaitCondition
{
    private readonly LinuxKernel _kernel;
    private readonly KeyslotOps _ops;
    private readonly RwSemaphore _lock;
    private readonly WaitQueue _idleWait;
    private IKeyslotListener? _listener;

    /// <summary>The keyslots of a host, all empty, as <c>blk_crypto_profile_init</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">The host's name, e.g. <c>ufs0</c>.</param>
    /// <param name="slots">num_slots [0..]; 0 for hardware that takes the key with each request.</param>
    /// <param name="ops">How the host programs and evicts.</param>
    /// <param name="wakeup">From waking a task until it runs.</param>
    public CryptoProfile(LinuxKernel kernel, string name, int slots, KeyslotOps ops, Duration wakeup)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, _ops, Name, Table) = (kernel, ops, name, new KeyslotTable(slots));
        _lock = new RwSemaphore(kernel, name + ".profile->lock", wakeup);
        _idleWait = new WaitQueue(kernel, name + ".idle_slots_wait_queue", "blk_crypto_get_keyslot", this, wakeup);
        Meter = new KeyslotMeter(kernel, name, slots);
    }

    /// <summary>The host's name.</summary>
    [field: NotState]
    public string Name { get; }

    /// <summary>The slots.</summary>
    public KeyslotTable Table { get; }

    /// <summary>What is measured about them.</summary>
    public KeyslotMeter Meter { get; }

    internal Simulation Simulation => _kernel.Simulation;

    /// <summary>Somebody sleeps for a slot and has not been woken.</summary>
    internal bool HasSleepers => _idleWait.HasWaiters;

    internal VirtualTime Now => _kernel.Simulation.Now;

    string? IWaitCondition.WorkLeft => Table.Idle > 0 ? $"{Table.Idle} keyslot{(Table.Idle == 1 ? " is" : "s are")} idle" : null;

    /// <summary>Who is told, besides the sleepers, that a slot became idle; set while the machine is built.</summary>
    internal void Tell(IKeyslotListener listener) => _listener = listener;

    /// <summary>Those who sleep for a slot are woken by whoever uses one.</summary>
    internal IHolder? SleepersWaitFor { get => _idleWait.Owner; set => _idleWait.Owner = value; }

    // ── from those who need a slot ──────────────────────────────────────

    /// <summary>A slot that holds the key, one more reference to it: <c>blk_crypto_get_keyslot</c>. Context: process; may sleep.</summary>
    /// <param name="key">The key.</param>
    /// <param name="claim">What the slot is for: it receives the slot, and its task's plug is flushed before a sleep.</param>
    /// <returns>Ok, or the error of programming; a host without slots answers Ok with no slot (KS-5).</returns>
    public async Operation<BlkStatus> GetAsync(BlkCryptoKey key, IKeyslotClaim claim) =>
        await LookAsync(key, claim) ? BlkStatus.Ok : await GetMissingAsync(key, claim);

    /// <summary>The same, but who finds every slot in use is told so at once. Context: process; may sleep for the lock.</summary>
    /// <returns>Ok; Resource if every slot is in use; or the error of programming.</returns>
    public async Operation<BlkStatus> GetIfIdleAsync(BlkCryptoKey key, IKeyslotClaim claim)
    {
        if (await LookAsync(key, claim))
        {
            return BlkStatus.Ok;
        }

        await EnterHardwareAsync(claim);
        BlkStatus status = TryHit(key, claim) ? BlkStatus.Ok
            : Table.Victim is { } victim ? await ProgramAsync(victim, key, claim)
            : BlkStatus.Resource;
        await LeaveHardwareAsync();
        return status;
    }

    /// <summary>The same without sleeping for a slot, for a decision while requests are dispatched. Context: as the caller's; programming is done in it.</summary>
    /// <returns>Ok; Resource if every slot is in use; Again if the host cannot be programmed in this context now; or the error of programming.</returns>
    public async Operation<BlkStatus> TryGetAsync(BlkCryptoKey key, IKeyslotClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (Table.Count == 0)
        {
            return BlkStatus.Ok;
        }

        claim.Begin(_kernel.Simulation.Now);
        await _lock.SpinAsync();
        BlkStatus status = TryHit(key, claim) ? BlkStatus.Ok
            : Table.Victim is { } victim ? await ProgramAtDispatchAsync(victim, key, claim)
            : BlkStatus.Resource;
        _lock.EndWrite();
        if (status is not (BlkStatus.Ok or BlkStatus.Resource or BlkStatus.Again))
        {
            WakeForVictim();
        }

        return status;
    }

    /// <summary>One reference less, as <c>blk_crypto_put_keyslot</c>; if it was the last, everybody who sleeps for a slot is woken. Context: any.</summary>
    public void Put(Keyslot slot)
    {
        if (Table.Put(slot))
        {
            Meter.OnInUse(Table.InUse);
            _kernel.Tracer?.Emit(TraceKind.Step, "blk_crypto_put_keyslot", Name, slot.Label, detail: "idle");
            Wake(slot);
        }
    }

    /// <summary>wake_up(&amp;profile->idle_slots_wait_queue), and whoever else is told.</summary>
    private void Wake(Keyslot idle)
    {
        Meter.OnWake(_idleWait.Wake());
        _listener?.OnSlotIdle(idle);
    }

    /// <summary>A program failed: its victim is idle still, and whoever was woken for it has not used it (KS-11).</summary>
    private void WakeForVictim()
    {
        if (Table.Victim is { } victim)
        {
            Wake(victim);
        }
    }

    // ── under the lock ──────────────────────────────────────────────────

    /// <summary>The first look, under the lock for reading (KS-6).</summary>
    /// <returns>True if nothing is left to do: the key is in a slot, or the host has none (KS-5).</returns>
    private async Operation<bool> LookAsync(BlkCryptoKey key, IKeyslotClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (Table.Count == 0)
        {
            return true;
        }

        claim.Begin(_kernel.Simulation.Now);
        if (!_lock.IsFreeToRead)
        {
            await claim.FlushPlugAsync();
        }

        await _lock.ReadAsync();
        bool isHit = TryHit(key, claim);
        _lock.EndRead();
        return isHit;
    }

    private async Operation<BlkStatus> GetMissingAsync(BlkCryptoKey key, IKeyslotClaim claim)
    {
        while (true)
        {
            await EnterHardwareAsync(claim);
            if (TryHit(key, claim))
            {
                await LeaveHardwareAsync();
                return BlkStatus.Ok;
            }

            if (Table.Victim is { } victim)
            {
                BlkStatus status = await ProgramAsync(victim, key, claim);
                if (status != BlkStatus.Ok)
                {
                    WakeForVictim();
                }

                await LeaveHardwareAsync();
                return status;
            }

            await LeaveHardwareAsync();
            await SleepForSlotAsync(claim);
        }
    }

    /// <summary>wait_event(): looks, and sleeps as long as every slot is in use; who is woken for nothing enters no hardware (KS-9).</summary>
    private async Operation SleepForSlotAsync(IKeyslotClaim claim)
    {
        if (Table.Idle > 0)
        {
            return;
        }

        await claim.FlushPlugAsync();
        while (Table.Idle == 0)
        {
            claim.Sleeps();
            Meter.OnSleep();
            await _idleWait.SleepAsync();
        }
    }

    /// <summary>blk_crypto_hw_enter: runtime PM before the lock, since resuming may program all keys again under it (KS-7).</summary>
    private async Operation EnterHardwareAsync(IKeyslotClaim? claim)
    {
        if (claim is not null && _ops.MaySleep)
        {
            await claim.FlushPlugAsync();
        }

        await _ops.ResumeAsync(claim is null ? HardwareUse.Evict : HardwareUse.Program);
        if (claim is not null && !_lock.IsFreeToWrite)
        {
            await claim.FlushPlugAsync();
        }

        await _lock.WriteAsync();
    }

    private Operation LeaveHardwareAsync(HardwareUse use = HardwareUse.Program)
    {
        _lock.EndWrite();
        return _ops.SuspendAsync(use);
    }

    private bool TryHit(BlkCryptoKey key, IKeyslotClaim claim)
    {
        if (Table.TryGrab(key) is not { } slot)
        {
            return false;
        }

        Taken(slot, claim, isHit: true);
        return true;
    }

    /// <summary>Runtime PM is asked as ufshcd_program_key() asked for it when mail 001 was written: for programming alone, under the lock.</summary>
    private async Operation<BlkStatus> ProgramAtDispatchAsync(Keyslot victim, BlkCryptoKey key, IKeyslotClaim claim)
    {
        await _ops.ResumeAsync(HardwareUse.Program);
        BlkStatus status = await ProgramAsync(victim, key, claim);
        await _ops.SuspendAsync(HardwareUse.Program);
        return status;
    }

    private async Operation<BlkStatus> ProgramAsync(Keyslot victim, BlkCryptoKey key, IKeyslotClaim claim)
    {
        _kernel.Tracer?.Emit(TraceKind.Call, "keyslot_program", Name, victim.Label, detail: key.Label);
        if (!key.Touch(_kernel, "blk_crypto_get_keyslot"))
        {
            return BlkStatus.IoError;
        }

        BlkStatus status = await _ops.ProgramAsync(victim, key);
        if (status != BlkStatus.Again)
        {
            Meter.OnProgram(status == BlkStatus.Ok);
        }

        if (status == BlkStatus.Ok)
        {
            Table.Programmed(victim, key);
            Taken(victim, claim, isHit: false);
        }

        return status;
    }

    private void Taken(Keyslot slot, IKeyslotClaim claim, bool isHit)
    {
        Meter.OnInUse(Table.InUse);
        claim.Take(slot, isHit);
    }
}

/// <summary>Who is told that a slot became idle.</summary>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_put_keyslot", Version = "v6.18")]
internal interface IKeyslotListener
{
    /// <summary>Nobody refers to the slot any more. Context: any.</summary>
    void OnSlotIdle(Keyslot slot);
}

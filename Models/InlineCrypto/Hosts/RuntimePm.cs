using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Runtime PM of a host: awake while somebody has it, suspended some time after the last use.</summary>
/// <remarks>
/// <code>
///   pm_runtime_get_sync  ──► RPM_ACTIVE? │ resumes it in the caller
///   blk_queue_enter      ──► RPM_ACTIVE? │ has the pm workqueue resume it, and sleeps
///   pm_runtime_put_sync, last request ──► nobody left: after autosuspend_delay RPM_SUSPENDED
/// </code>
/// A request keeps the host awake by its place in the queue, not by a usage count. Time passes in resuming. Not modelled: the
/// disk and the host apart from each other, the time of suspending, clocks and link beside <see cref="ClockGating"/>.
/// </remarks>
[KernelSource("drivers/base/power/runtime.c", "rpm_resume, rpm_suspend, rpm_idle", Version = "v6.18", Rules = "KS-7 KS-55")]
internal sealed class RuntimePm : WorkItem, IWaitCondition, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly RuntimePmOptions _options;
    private readonly Duration _resumeTime;
    private readonly WorkQueue _workqueue;     // pm_wq
    private readonly WaitQueue _resumed;       // of those who wait for the resume of another
    private readonly Autosuspend _timer;
    private CryptoProfile? _profile;           // whose keys a suspend may lose; set while the machine is built
    private ClockGating? _clocks;              // null if they cannot be gated
    private RpmStatus _status = RpmStatus.Suspended;
    private int _usage;                        // power.usage_count
    private int _bios;                         // in the queue: q_usage_counter
    private bool _isRestoring;                 // the resume is at the keys: the host can be touched, by it alone
    [NotState]
    private Process _resumer;                  // for diagnosis
    [NotState]
    private VirtualTime _lastBusy;             // power.last_busy

    public RuntimePm(LinuxKernel kernel, string name, RuntimePmOptions options, Duration wakeup, Duration restore)
    {
        (_kernel, _options, Name, _resumeTime) = (kernel, options, name, options.Resume + restore);
        _workqueue = WorkQueue.Unbound(kernel, "pm", 1, wakeup);
        _resumed = new WaitQueue(kernel, name + ".power.wait_queue", "pm_runtime_get_sync", this, wakeup) { Owner = this };
        _timer = new Autosuspend(this);
        Meter = new PmMeter(kernel, name);
    }

    [field: NotState]
    public string Name { get; }

    public PmMeter Meter { get; }

    public string Label => Name + " power";

    public string? WhyNobody => null;

    /// <summary>RPM_ACTIVE.</summary>
    public bool IsAwake => _status == RpmStatus.Active;

    string? IWaitCondition.WorkLeft => IsAwake ? $"{Name} is awake" : null;

    public void Attach(CryptoProfile profile, ClockGating? clocks) => (_profile, _clocks) = (profile, clocks);

    // ── those who touch the keyslots ────────────────────────────────────

    /// <summary>pm_runtime_get_sync(), if the policy calls it for this. Context: process if the host is suspended.</summary>
    [KernelSource("drivers/base/power/runtime.c", "__pm_runtime_resume", Version = "v6.18", Rules = "KS-55")]
    public async Operation GetSyncAsync(HardwareUse use)
    {
        if (!IsCalledFor(use))
        {
            return;
        }

        _usage++;
        _timer.Cancel();
        Meter.OnGetSync(resumes: !IsAwake);
        if (IsAwake)
        {
            await SpendAsync();
        }
        else if (_kernel.MaySleep("pm_runtime_get_sync"))
        {
            await ResumeAsync();
        }
    }

    /// <summary>pm_runtime_put_sync(), if the policy calls it for this. Context: process if the count falls to 0, for then the host may be suspended right here.</summary>
    [KernelSource("drivers/base/power/runtime.c", "__pm_runtime_idle", Version = "v6.18", Rules = "KS-55")]
    public async Operation PutSyncAsync(HardwareUse use)
    {
        if (!IsCalledFor(use))
        {
            return;
        }

        if (_usage == 1 && !_kernel.MaySleep("pm_runtime_put_sync"))
        {
            return;   // the run ends after this step
        }

        await SpendAsync();
        _usage--;
        SuspendLater();
    }

    /// <summary>pm_runtime_get_if_active(): keeps the host awake, if it is. Context: any.</summary>
    [KernelSource("drivers/base/power/runtime.c", "pm_runtime_get_if_active", Version = "v6.18")]
    public bool TryHold()
    {
        if (!IsAwake)
        {
            return false;
        }

        _usage++;
        _timer.Cancel();
        return true;
    }

    /// <summary>pm_runtime_put() of what was held. Context: any.</summary>
    public void Release()
    {
        _usage--;
        SuspendLater();
    }

    /// <summary>The registers of the host, or its keys in the secure world, are touched.</summary>
    /// <returns>False, with the run ended, if it is suspended.</returns>
    public bool Touch()
    {
        if (IsAwake || _isRestoring)
        {
            return true;
        }

        string who = _kernel.Simulation.CurrentProcess.Name;
        _kernel.Simulation.Fail("KS-55", $"synchronous external abort: {who} touches the keyslots of {Name}, which is runtime-suspended. Call trace: {string.Join(" <- ", CallTrace.Of(_kernel.Simulation.CurrentProcess))}.");
        return false;
    }

    private bool IsCalledFor(HardwareUse use) => _options.GetSync switch
    {
        PmGetSync.ProgramAndEvict => true,
        PmGetSync.Evict => use == HardwareUse.Evict,
        _ => use == HardwareUse.Program,
    };

    // ── requests ────────────────────────────────────────────────────────

    /// <summary>blk_queue_enter(): a bio enters the queue once the host is awake, and keeps it awake until it ends. Context: process.</summary>
    [KernelSource("block/blk-core.c", "blk_queue_enter, blk_pm_resume_queue", Version = "v6.18", Rules = "KS-55")]
    public async Operation EnterQueueAsync(Bio bio)
    {
        while (!IsAwake)
        {
            _workqueue.Queue(this, 0);   // pm_request_resume
            await (bio.Plug?.FlushOnSleepAsync() ?? Operation.Completed);
            if (!IsAwake)
            {
                await _resumed.SleepAsync();
            }
        }

        OnEnter();
    }

    /// <summary>A bio that fails before it has entered is counted, as its end will be.</summary>
    public void OnEnter()
    {
        _bios++;
        _timer.Cancel();
    }

    /// <summary>blk_queue_exit(), pm_runtime_mark_last_busy(). Context: any.</summary>
    public void ExitQueue()
    {
        _bios--;
        _lastBusy = _kernel.Simulation.Now;
        SuspendLater();
    }

    /// <summary>pm_runtime_work: the resume that pm_request_resume asked for. Context: process.</summary>
    [KernelSource("drivers/base/power/runtime.c", "pm_runtime_work", Version = "v6.18", Rules = "KS-55")]
    public override Operation RunAsync() => ResumeAsync();

    // ── resume and suspend ──────────────────────────────────────────────

    /// <summary>rpm_resume(): by whoever comes first; the others wait for it.</summary>
    [KernelSource("drivers/base/power/runtime.c", "rpm_resume", Version = "v6.18", Rules = "KS-7 KS-51")]
    private async Operation ResumeAsync()
    {
        while (_status == RpmStatus.Resuming)
        {
            await _resumed.SleepAsync();
        }

        if (_status == RpmStatus.Active)
        {
            return;
        }

        (_status, _resumer) = (RpmStatus.Resuming, _kernel.Simulation.CurrentProcess);
        await _kernel.Simulation.Delay(_resumeTime);
        _clocks?.OnResumed();
        if (_options.Keys == KeysInSuspend.Lost)
        {
            _isRestoring = true;
            await _profile!.ReprogramAllAsync();
            _isRestoring = false;
        }

        OnResumed();
    }

    private void OnResumed()
    {
        _status = RpmStatus.Active;
        _lastBusy = _kernel.Simulation.Now;
        Meter.OnResume();
        _kernel.Tracer?.Emit(TraceKind.Step, "rpm_resume", Name, detail: "RPM_ACTIVE");
        _resumed.Wake();
        SuspendLater();
    }

    /// <summary>Nobody is left: it may be suspended once it has not been used for the delay.</summary>
    private void SuspendLater()
    {
        if (_usage == 0 && _bios == 0 && IsAwake)
        {
            Duration unused = _kernel.Simulation.Now - _lastBusy;
            _timer.Arm(unused < _options.Autosuspend ? _options.Autosuspend - unused : Duration.Zero);
        }
    }

    private void OnDelayOver()
    {
        if (_clocks?.AreIdle == false)
        {
            _timer.Arm(_options.Autosuspend);   // runtime_suspend would have to wait: -EBUSY
            return;
        }

        _clocks?.OnSuspended();
        _status = RpmStatus.Suspended;
        Meter.OnSuspend();
        _kernel.Tracer?.Emit(TraceKind.Step, "rpm_suspend", Name, detail: "RPM_SUSPENDED");
    }

    private Operation SpendAsync() => _options.Call > Duration.Zero ? SpendCallAsync() : Operation.Completed;

    private async Operation SpendCallAsync() => await _kernel.Cpus.RunAsync(_options.Call);

    /// <summary>Who waits for a resume waits for the pm workqueue, or for the task that resumes it.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_status == RpmStatus.Resuming)
        {
            owners.Add(_resumer);
        }
        else if (IsPending)
        {
            _workqueue.Owners(owners);
        }
    }

    private sealed class Autosuspend(RuntimePm pm) : Simulator.Timer(pm._kernel.Simulation, pm.Name + ".autosuspend")
    {
        protected override void OnExpired() => pm.OnDelayOver();
    }
}

/// <summary>Where the host is: <c>enum rpm_status</c>.</summary>
[KernelSource("include/linux/pm.h", "enum rpm_status", Version = "v6.18")]
internal enum RpmStatus
{
    /// <summary>RPM_ACTIVE.</summary>
    Active,

    /// <summary>RPM_RESUMING.</summary>
    Resuming,

    /// <summary>RPM_SUSPENDED.</summary>
    Suspended,
}

using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>The clocks of a UFS host: <c>struct ufs_clk_gating</c>.</summary>
/// <remarks>
/// <code>
///   CLKS_ON ──last release──► REQ_CLKS_OFF ──150 ms, gate_work──► CLKS_OFF
///      ▲  ▲                        │ hold: gate_work cancelled       │ hold, or a hold while gate_work runs
///      │  └────────────────────────┘                                 ▼
///      └──────────────────ungate_work, 1 ms──────────────────── REQ_CLKS_ON
/// </code>
/// Both works run on one ordered workqueue. Time passes in them and in waking those who wait. Not modelled: that CLKS_ON is set
/// before the link has left hibern8, which a hold sees as REQ_CLKS_ON; scaling of the clocks.
/// </remarks>
[KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_hold, ufshcd_release", Version = "v6.18", Rules = "KS-53 KS-54")]
internal sealed partial class ClockGating : IWaitCondition, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly ClockGatingOptions _options;
    private readonly ClockHold _hold;
    private readonly WorkQueue _workqueue;      // clk_gating_workq
    private readonly GateWork _gateWork;
    private readonly UngateWork _ungateWork;
    private readonly GateDelay _delay;          // of gate_work, which is delayed work
    private readonly WaitQueue _flush;          // flush_work(&ungate_work)
    private readonly ScsiHostBlock _host;
    private ClockState _state = ClockState.Off;
    private int _active;                        // active_reqs

    public ClockGating(LinuxKernel kernel, string name, ClockGatingOptions options, Duration wakeup)
    {
        (_kernel, _options, Name, _hold) = (kernel, options, name, options.HoldIn(kernel.Version));
        _workqueue = WorkQueue.Ordered(kernel, "ufs_clk_gating", wakeup, WorkQueueFlags.MemReclaim | WorkQueueFlags.HighPri);
        _gateWork = new GateWork(this);
        _ungateWork = new UngateWork(this);
        _delay = new GateDelay(this);
        _flush = new WaitQueue(kernel, name + ".ungate_work", "flush_work", this, wakeup) { Owner = this };
        _host = new ScsiHostBlock(options.MaxHostBlocked);
        Meter = new ClockMeter(kernel, name);
    }

    [field: NotState]
    public string Name { get; }

    public ClockMeter Meter { get; }

    public string Label => Name + " clocks";

    public string? WhyNobody => null;

    public ClockState State => _state;

    /// <summary>Whoever holds now has them at once.</summary>
    public bool AreOn => _state is ClockState.On or ClockState.RequestOff;

    /// <summary>Nobody holds them and neither work runs.</summary>
    public bool AreIdle => _active == 0 && _state != ClockState.RequestOn && !_gateWork.IsRunning;

    string? IWaitCondition.WorkLeft => _state == ClockState.On ? "the clocks are on" : null;

    public void Attach(RequestQueue queue) => _host.Attach(queue);

    // ── hold and release ────────────────────────────────────────────────

    /// <summary>What ufshcd_queuecommand() does first. Context: the dispatcher's.</summary>
    /// <param name="inFlight">Commands of the host.</param>
    /// <returns>Go: the clocks are held; else how SCSI answers.</returns>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_queuecommand", Version = "v6.18", Rules = "KS-53 KS-54")]
    public async Operation<DispatchAnswer> HoldForCommandAsync(int inFlight)
    {
        switch (_hold)
        {
            case ClockHold.Sync:
                await HoldAsync();
                return DispatchAnswer.Go;

            default:
                return TryHoldForCommand(inFlight) ? DispatchAnswer.Go : inFlight > 0 ? DispatchAnswer.DevResource : DispatchAnswer.Resource;
        }
    }

    /// <summary>The hold of ufshcd_program_key(): it waits, except where programming from atomic context is put off instead.</summary>
    /// <returns>False: -EAGAIN, they will be on later.</returns>
    public async Operation<bool> HoldToProgramAsync()
    {
        if (_hold == ClockHold.Async && _kernel.Context != CpuContext.Process)
        {
            return TryHold();
        }

        await HoldAsync();
        return true;
    }

    /// <summary>ufshcd_release(). Context: any.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_release", Version = "v6.18", Rules = "KS-53")]
    public void Release()
    {
        Invariant.Holds(_active > 0, "the clocks are released by those who hold them");
        _active--;
        GateLater();
    }

    /// <summary>A command has ended: it lets go of the clocks, and the host is not blocked any more. Context: any.</summary>
    public void OnCommandEnd()
    {
        Release();
        _host.OnCommandEnd();
    }

    /// <summary>ufshcd_hold(hba, false): waits until they are on. Context: process.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_hold", Version = "v6.18", Rules = "KS-53")]
    private async Operation HoldAsync()
    {
        _active++;
        if (TryTurnOn())
        {
            return;
        }

        do
        {
            Meter.OnSleep();
            await _flush.SleepAsync();
        }
        while (!TryTurnOn());
    }

    /// <summary>ufshcd_hold(hba, true): -EAGAIN instead of a wait. Context: any.</summary>
    private bool TryHold()
    {
        if (!TryTurnOn())
        {
            return false;
        }

        _active++;
        return true;
    }

    private bool TryHoldForCommand(int inFlight)
    {
        if (!_host.IsReady(inFlight))
        {
            Meter.OnNotReady();
            return false;
        }

        if (TryHold())
        {
            return true;
        }

        _host.OnBusy();
        Meter.OnHostBusy();
        _kernel.Tracer?.Emit(TraceKind.Step, "ufshcd_queuecommand", Name, detail: "SCSI_MLQUEUE_HOST_BUSY");
        return false;
    }

    /// <summary>The states as ufshcd_hold() goes through them.</summary>
    /// <returns>True if the clocks are on; else ungate_work is queued.</returns>
    private bool TryTurnOn()
    {
        switch (_state)
        {
            case ClockState.On:
                return true;

            case ClockState.RequestOff when TryCancelGate():
                Meter.OnCancelled();
                SetState(ClockState.On);
                return true;

            case ClockState.RequestOff or ClockState.Off:
                SetState(ClockState.RequestOn);
                if (_workqueue.Queue(_ungateWork, 0) && _hold == ClockHold.Async)
                {
                    _host.Block();
                }

                return false;

            default:
                return false;
        }
    }

    // ── runtime PM ──────────────────────────────────────────────────────

    /// <summary>The device has been resumed, and its clocks turned on with it.</summary>
    public void OnResumed()
    {
        if (_state == ClockState.Off)
        {
            SetState(ClockState.On);
            GateLater();
        }
    }

    /// <summary>The device is suspended, and its clocks with it; only while they are idle.</summary>
    public void OnSuspended()
    {
        Invariant.Holds(AreIdle, "a host is suspended only while nobody holds its clocks");
        if (_state != ClockState.Off)
        {
            TryCancelGate();
            SetState(ClockState.Off);
        }
    }

    // ── the works ───────────────────────────────────────────────────────

    /// <summary>Nobody holds them any more: gate_work is queued with its delay.</summary>
    private void GateLater()
    {
        if (_active == 0 && _state == ClockState.On)
        {
            SetState(ClockState.RequestOff);
            _delay.Arm(_options.Delay);
        }
    }

    /// <summary>cancel_delayed_work(&amp;gate_work): true unless it runs already.</summary>
    private bool TryCancelGate()
    {
        if (_delay.IsArmed)
        {
            _delay.Cancel();
            return true;
        }

        return _gateWork.TryCancel();
    }

    private void SetState(ClockState state)
    {
        _state = state;
        Meter.OnState(AreOn);
        _kernel.Tracer?.Emit(TraceKind.Step, "ufshcd_clk_gating", Name, detail: state switch
        {
            ClockState.On => "CLKS_ON",
            ClockState.RequestOff => "REQ_CLKS_OFF",
            ClockState.Off => "CLKS_OFF",
            _ => "REQ_CLKS_ON",
        });
    }

    /// <summary>Clocks that are being turned on, and gate_work before that, are the workqueue's to finish.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_state == ClockState.RequestOn)
        {
            _workqueue.Owners(owners);
        }
    }
}

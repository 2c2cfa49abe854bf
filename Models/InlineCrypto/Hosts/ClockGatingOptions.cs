using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Clock gating of a UFS host. When a run begins the host has been idle for long, and its clocks are off.</summary>
[KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_init_clk_gating", Version = "v6.18", Rules = "KS-53 KS-54")]
public sealed record ClockGatingOptions
{
    /// <summary>delay_ms: from the end of the last command until the clocks are gated.</summary>
    [DefaultFrom("150ms (KS-53); MediaTek takes the larger of auto-hibern8 and 10ms, or 5ms more")]
    public Duration Delay { get; init; } = Duration.FromMilliseconds(150);

    /// <summary>Time of the ungate work: the clocks, and leaving hibern8.</summary>
    [DefaultFrom("assumed: 1ms; 0.1ms to 5ms are worth a sweep")]
    public Duration Ungate { get; init; } = Duration.FromMilliseconds(1);

    /// <summary>Time of the gate work: entering hibern8, and the clocks.</summary>
    [DefaultFrom("assumed: 1ms, as leaving it")]
    public Duration Gate { get; init; } = Duration.FromMilliseconds(1);

    /// <summary>How a command that finds the clocks off gets them on.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: sync since 6.5 (KS-54), async before it")]
    public ClockHold? Hold { get; init; }

    /// <summary>max_host_blocked: dispatches refused after a HOST_BUSY, the last of which is let through, unless a command ends before.</summary>
    [Range(1, 255)]
    [DefaultFrom("recalled: ufshcd_driver_template has 1; what SCSI takes for a driver that says nothing is 7 (KS-45)")]
    public int MaxHostBlocked { get; init; } = 1;

    internal ClockHold HoldIn(KernelVersion kernel) => Hold ?? (kernel >= KernelVersion.V65 ? ClockHold.Sync : ClockHold.Async);
}

/// <summary>How ufshcd_queuecommand() gets the clocks on.</summary>
public enum ClockHold
{
    /// <summary>It waits for the ungate work; the queue has BLK_MQ_F_BLOCKING for it.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_hold, ufshcd_queuecommand", Commit = "078f4f4b34d6", Rules = "KS-53 KS-54")]
    Sync,

    /// <summary>It queues the ungate work, blocks the SCSI host, and answers SCSI_MLQUEUE_HOST_BUSY; the end of the work unblocks the host and runs its queues. A key that has to be programmed where nothing may sleep is put off in the same way.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_hold, ufshcd_queuecommand", Version = "v5.8", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-45 KS-53 KS-C5")]
    Async,
}

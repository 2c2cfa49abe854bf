using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Runtime PM of a host. When a run begins the host has been idle for long, and is suspended.</summary>
[KernelSource("drivers/base/power/runtime.c", "struct dev_pm_info", Version = "v6.18", Rules = "KS-7 KS-55")]
public sealed record RuntimePmOptions
{
    /// <summary>autosuspend_delay_ms: from the last use of the host until it is suspended.</summary>
    [DefaultFrom("recalled: RPM_AUTOSUSPEND_DELAY_MS of ufshcd.c is 2000")]
    public Duration Autosuspend { get; init; } = Duration.FromMilliseconds(2000);

    /// <summary>Time of runtime_resume, besides what the crypto engine needs.</summary>
    [DefaultFrom("assumed: 5ms for waking link and device")]
    public Duration Resume { get; init; } = Duration.FromMilliseconds(5);

    /// <summary>What asks for an awake host before it touches the keyslots.</summary>
    [DefaultFrom("what was merged: the core does so for both (KS-55)")]
    public PmGetSync GetSync { get; init; } = PmGetSync.ProgramAndEvict;

    /// <summary>Whether the keyslots outlive a suspend.</summary>
    [DefaultFrom("assumed: the link sleeps in hibern8, and the host keeps its power")]
    public KeysInSuspend Keys { get; init; } = KeysInSuspend.Kept;

    /// <summary>CPU time of pm_runtime_get_sync() and of pm_runtime_put_sync() on a host that is awake.</summary>
    [DefaultFrom("assumed: 0.1us for a spinlock and two atomic operations")]
    public Duration Call { get; init; } = Duration.FromNanoseconds(100);
}

/// <summary>What calls pm_runtime_get_sync() before it touches the keyslots.</summary>
public enum PmGetSync
{
    /// <summary>Programming and evicting: blk_crypto_hw_enter() for both, before the lock.</summary>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_hw_enter", Version = "v6.18", Rules = "KS-7 KS-55")]
    ProgramAndEvict,

    /// <summary>Evicting alone: whoever has a key programmed has a request, which keeps the host awake already.</summary>
    [KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_crypto_keyslot_evict", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-55")]
    Evict,

    /// <summary>Programming alone. Nobody wants it: a key is evicted when no request is there to keep the host awake.</summary>
    [KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_program_key", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-55")]
    Program,
}

/// <summary>Whether the keyslots outlive a suspend.</summary>
public enum KeysInSuspend
{
    /// <summary>They do.</summary>
    [KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_link_state_transition", Version = "v6.18", Rules = "KS-7")]
    Kept,

    /// <summary>They lose their power, and resuming programs all keys again, under the profile's lock.</summary>
    [KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_crypto_enable, blk_crypto_reprogram_all_keys", Version = "v6.18", Rules = "KS-7 KS-22")]
    Lost,
}

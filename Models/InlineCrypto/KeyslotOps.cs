using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct blk_crypto_ll_ops</c> and the runtime PM around it: how a host programs and evicts keys.</summary>
[KernelSource("include/linux/blk-crypto-profile.h", "struct blk_crypto_ll_ops", Version = "v6.18", Rules = "KS-7 KS-10")]
public abstract class KeyslotOps
{
    /// <summary>Resuming or programming would sleep now: the plug of the task that wants it goes to the device first (KS-25). False by default.</summary>
    public virtual bool MaySleep => false;

    /// <summary>What must be on before the host is touched; nothing by default.</summary>
    internal virtual HostPower Power => HostPower.AlwaysOn;

    /// <summary>pm_runtime_get_sync() before the lock (KS-7); nothing by default. Context: process.</summary>
    public virtual Operation ResumeAsync(HardwareUse use) => Operation.Completed;

    /// <summary>pm_runtime_put_sync() after the lock; nothing by default. Context: process.</summary>
    public virtual Operation SuspendAsync(HardwareUse use) => Operation.Completed;

    /// <summary>keyslot_program: the hardware has the key in that slot when it returns Ok. Context: as the caller's, under the profile's lock.</summary>
    public abstract Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key);

    /// <summary>keyslot_evict: the hardware has forgotten the key. Context: process, under the profile's lock.</summary>
    /// <param name="slot">That holds the key; of the number -1 on a host without slots (KS-21).</param>
    /// <param name="key">The key.</param>
    public abstract Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key);
}

/// <summary>What the hardware is entered for.</summary>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_hw_enter", Version = "v6.18", Rules = "KS-7 KS-55")]
public enum HardwareUse
{
    /// <summary>To program a key.</summary>
    Program,

    /// <summary>To evict one.</summary>
    Evict,
}

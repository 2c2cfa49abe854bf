using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Programming by calls into the secure world, service ES: 4 sets a key, 3 invalidates one.</summary>
/// <remarks>
/// <code>
///   sleeping: dma_alloc_coherent(GFP_KERNEL) ──► mutex_lock(qcom_scm_lock) ──► SMC ──► unlock ──► free
///   atomic:   GFP_ATOMIC                     ──►                               SMC ──►            free
/// </code>
/// Time passes in the call, in which the CPU is away, in the mutex and in reclaim. Not modelled: other callers of the secure
/// world; a spinlock around the atomic call, which the profile's lock makes superfluous here.
/// </remarks>
[KernelSource("drivers/firmware/qcom/qcom_scm.c", "qcom_scm_ice_set_key, qcom_scm_ice_invalidate_key", Version = "v6.18", Rules = "KS-50")]
internal sealed class ScmKeyslotOps : HostKeyslotOps
{
    private readonly Duration _call;      // CPU time in the secure world
    private readonly KernelMutex? _lock;  // null for the call in atomic context

    public ScmKeyslotOps(LinuxKernel kernel, HostPower power, Duration call, KeyProgramming programming)
        : base(kernel, power)
    {
        _call = call;
        _lock = programming == KeyProgramming.Sleeping ? new KernelMutex(kernel, "qcom_scm_lock") : null;
    }

    /// <inheritdoc/>
    public override bool MaySleep => _lock is not null || base.MaySleep;

    /// <inheritdoc/>
    [KernelSource("drivers/firmware/qcom/qcom_scm.c", "qcom_scm_ice_set_key", Version = "v6.18", Rules = "KS-50")]
    protected override async Operation<BlkStatus> WriteKeyAsync()
    {
        if (!await AllocateAsync())
        {
            return BlkStatus.Again;
        }

        await CallAsync();
        if (_lock is null)
        {
            Kernel.Memory.Give();
        }

        return BlkStatus.Ok;
    }

    /// <inheritdoc/>
    [KernelSource("drivers/firmware/qcom/qcom_scm.c", "qcom_scm_ice_invalidate_key", Version = "v6.18", Rules = "KS-50")]
    protected override async Operation<BlkStatus> ClearKeyAsync()
    {
        await CallAsync();
        return BlkStatus.Ok;
    }

    /// <summary>The buffer for the key: with GFP_KERNEL reclaim may write dirty pages first, and it never fails; with GFP_ATOMIC there may be none.</summary>
    private async Operation<bool> AllocateAsync()
    {
        if (_lock is null)
        {
            return Kernel.Memory.TryTake(Gfp.Atomic);
        }

        if (!Kernel.MaySleep("dma_alloc_coherent(GFP_KERNEL)"))
        {
            return false;   // the run ends after this step
        }

        if (Kernel.Memory.Free == 0 && Kernel.Reclaim is { } reclaim)
        {
            await reclaim.WriteBackAsync();
        }

        return true;
    }

    /// <summary>The secure monitor call.</summary>
    [KernelSource("drivers/firmware/qcom/qcom_scm-smc.c", "__scm_smc_call, qcom_scm_call_atomic", Version = "v6.18", Rules = "KS-50")]
    private async Operation CallAsync()
    {
        await (_lock?.LockAsync() ?? default);
        if (_call > Duration.Zero)
        {
            await Kernel.Cpus.RunAsync(_call);
        }

        _lock?.Unlock();
    }
}

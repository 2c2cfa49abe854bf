using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Programming and evicting on a host that has to be awake for it, with its clocks on.</summary>
/// <remarks>
/// <code>
///   pm_runtime_get_sync ──► lock ──► ufshcd_hold ──► registers or secure world ──► ufshcd_release ──► unlock ──► pm_runtime_put_sync
/// </code>
/// </remarks>
[KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_program_key", Version = "v6.18", Rules = "KS-46 KS-53 KS-55")]
internal abstract class HostKeyslotOps(LinuxKernel kernel, HostPower power) : KeyslotOps
{
    private readonly HostPower _power = power;

    protected LinuxKernel Kernel { get; } = kernel;

    /// <inheritdoc/>
    internal sealed override HostPower Power => _power;

    /// <inheritdoc/>
    public override bool MaySleep => _power.MaySleep;

    /// <inheritdoc/>
    public sealed override Operation ResumeAsync(HardwareUse use) => _power.Pm?.GetSyncAsync(use) ?? Operation.Completed;

    /// <inheritdoc/>
    public sealed override Operation SuspendAsync(HardwareUse use) => _power.Pm?.PutSyncAsync(use) ?? Operation.Completed;

    /// <inheritdoc/>
    public sealed override Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key) => ChangeAsync(evict: false);

    /// <inheritdoc/>
    public sealed override Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key) => ChangeAsync(evict: true);

    /// <summary>Writes a key into a slot.</summary>
    protected abstract Operation<BlkStatus> WriteKeyAsync();

    /// <summary>Makes a slot forget its key.</summary>
    protected abstract Operation<BlkStatus> ClearKeyAsync();

    private async Operation<BlkStatus> ChangeAsync(bool evict)
    {
        if (_power.Pm?.Touch() == false || (_power.Clocks is not null && !await _power.Clocks.HoldToProgramAsync()))
        {
            return BlkStatus.Again;
        }

        BlkStatus status = await (evict ? ClearKeyAsync() : WriteKeyAsync());
        _power.Clocks?.Release();
        return status;
    }
}

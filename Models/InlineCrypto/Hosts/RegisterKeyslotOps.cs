using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Programming by the registers of a crypto configuration entry: dword 16, which says that the entry is valid, is cleared; then dwords 0 to 15, 17, and 16 again.</summary>
[KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_program_key", Version = "v6.18", Rules = "KS-46")]
[KernelSource("drivers/mmc/host/cqhci-crypto.c", "cqhci_crypto_program_key", Version = "v6.18", Rules = "KS-46")]
internal sealed class RegisterKeyslotOps(LinuxKernel kernel, HostPower power, Duration write) : HostKeyslotOps(kernel, power)
{
    /// <summary>Writes to registers: one, the 16 of the key, one, and one.</summary>
    public const int Writes = 1 + 16 + 1 + 1;

    private readonly Duration _cost = write * Writes;

    /// <inheritdoc/>
    protected override Operation<BlkStatus> WriteKeyAsync() => SpendAsync();

    /// <summary>The entry is written with zeros.</summary>
    protected override Operation<BlkStatus> ClearKeyAsync() => SpendAsync();

    private async Operation<BlkStatus> SpendAsync()
    {
        if (_cost > Duration.Zero)
        {
            await Kernel.Cpus.RunAsync(_cost);
        }

        return BlkStatus.Ok;
    }
}

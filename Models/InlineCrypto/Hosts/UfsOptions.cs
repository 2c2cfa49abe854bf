using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>A UFS host whose keys are programmed as the UFS specification says: by registers, in any context once the clocks are on.</summary>
[Model("ufs")]
[KernelSource("drivers/ufs/core/ufshcd-crypto.c", "ufshcd_program_key, ufshcd_crypto_keyslot_program", Version = "v6.18", Rules = "KS-46 KS-47 KS-48 KS-49 KS-53 KS-54")]
public sealed record UfsOptions : UfsHostOptions
{
    /// <summary>CPU time of each of the 19 writes that program or clear a slot.</summary>
    [DefaultFrom("assumed: a posted write of 0.1us to 0.2us, with its barrier 0.15us (KS-46)")]
    public Duration RegisterWrite { get; init; } = Duration.FromNanoseconds(150);

    internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new RegisterKeyslotOps(kernel, CreatePower(kernel, name), RegisterWrite);
}

using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>A UFS host of Qualcomm with the Inline Crypto Engine: keys are programmed by calls into the secure world.</summary>
[Model("ufs-qcom")]
[KernelSource("drivers/ufs/host/ufs-qcom.c", "ufs_qcom_ice_keyslot_program, ufs_qcom_ice_keyslot_evict", Version = "v6.18", Rules = "KS-50 KS-51 KS-52")]
public sealed record UfsQcomOptions : UfsHostOptions
{
    /// <summary>CPU time of a call that sets or invalidates a key.</summary>
    [DefaultFrom("assumed: 100us, for no figure was published (KS-52); 20us to 1000us are worth a sweep")]
    public Duration Smc { get; init; } = Duration.FromMicroseconds(100);

    /// <summary>Whether the call may sleep.</summary>
    [DefaultFrom("qcom_scm_call() takes a mutex and its wrapper allocates with GFP_KERNEL (KS-50)")]
    public KeyProgramming Programming { get; init; } = KeyProgramming.Sleeping;

    /// <summary>Polls of the built-in self-test, 50us apart, until the engine has passed it when the host is resumed.</summary>
    [Range(0, 100)]
    [DefaultFrom("assumed: 1; the driver gives up after 100 (KS-51)")]
    public int BistPolls { get; init; } = 1;

    /// <summary>The polls, and two udelay(5) of qcom_ice_optimization_enable().</summary>
    internal override Duration RestoreTime => Duration.FromMicroseconds((50 * BistPolls) + 10);

    internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new ScmKeyslotOps(kernel, CreatePower(kernel, name), Smc, Programming);
}

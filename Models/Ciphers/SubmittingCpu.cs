using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Ciphers;

/// <summary>The CPU on which a request is being submitted.</summary>
[KernelSource("include/linux/smp.h", "smp_processor_id", Version = "v6.18", Rules = "SC-5 SC-8")]
internal static class SubmittingCpu
{
    /// <summary>That of the running softirq, else the one the request says; below 0 for a task that belongs to none.</summary>
    public static int Of(LinuxKernel kernel, CryptoRequest request) => kernel.CpuOr(request.Cpu);
}

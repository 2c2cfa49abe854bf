using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>Finds what is wrong with keys and with the fallback.</summary>
[KernelSource("block/blk-crypto.c", "blk_crypto_init_key", Version = "v6.18", Rules = "KS-E1")]
internal static class FallbackRules
{
    /// <summary>Hosts whose design needs what the kernel does not have.</summary>
    public static IEnumerable<OptionProblem> FindProblems(MachineOptions machine)
    {
        if (machine.Hardware.BlkCryptoFallback is not { Enabled: false })
        {
            yield break;
        }

        foreach (NamedPart<DeviceOptions> part in machine.Hardware.Devices)
        {
            if (part.Options is InlineCryptoHostOptions { NoKeyslot: NoKeyslot.Fallback })
            {
                yield return new OptionProblem(part.Name + ".no_keyslot", "is fallback, and hardware.blk_crypto_fallback.enabled is false");
            }
        }
    }

    /// <summary>Keys that could not be made, and keys of one name that would be two.</summary>
    public static IEnumerable<OptionProblem> FindProblems(string name, JobOptions job, MachineOptions machine)
    {
        if (job.CryptoConfig is not { } config)
        {
            yield break;
        }

        if (config.DunBytes > IvBytes(config.Mode))
        {
            yield return new OptionProblem(name + ".dun_bytes", $"is {config.DunBytes}, more than the {IvBytes(config.Mode)} bytes of the mode's IV");
        }

        if (machine.Hardware.BlkCryptoFallback is { BouncePages: BouncePageAllocation.Bulk } fallback && LargestBio(job) > fallback.EffectiveNumPreallocBouncePg)
        {
            yield return new OptionProblem(
                "hardware.blk_crypto_fallback.num_prealloc_bounce_pg", $"is {fallback.EffectiveNumPreallocBouncePg}, and in bulk an I/O of {name} may take {LargestBio(job)} pages from it, all or none");
        }

        if (FindOther(name, job, machine) is { } other)
        {
            yield return new OptionProblem(name + ".key", $"is {job.Key}, which {other} has too, with another crypto_mode, data_unit_size or dun_bytes");
        }
    }

    /// <summary>A job before this one that has another key of the same name.</summary>
    private static string? FindOther(string name, JobOptions job, MachineOptions machine) => machine.Workload
        .TakeWhile(part => part.Name != name)
        .FirstOrDefault(part => job.Key is not null && part.Options is JobOptions other && other.Key == job.Key && other.CryptoConfig != job.CryptoConfig)?.Name;

    /// <summary>Pages of a job's largest bio, once it has been split.</summary>
    private static long LargestBio(JobOptions job)
    {
        long bytes = job.Bssplit is { } split ? split.Parts.Max(part => part.Size.Bytes) : job.Bs.Bytes;
        return Math.Min((bytes + PageAllocator.PageBytes - 1) / PageAllocator.PageBytes, BlkCryptoFallback.BioMaxVecs);
    }

    private static int IvBytes(CryptoMode mode) => mode == CryptoMode.Adiantum ? 32 : 16;
}

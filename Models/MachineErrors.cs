using CryptoSim.Models.Crypto;
using CryptoSim.Models.Workload;

namespace CryptoSim.Models;

/// <summary>Says what stands behind I/O errors, and what was broken on the way of work that has ended. Reads state alone.</summary>
internal static class MachineErrors
{
    /// <summary>Why requests failed: the broken rule, null where none is, and the rest of a sentence about the I/Os; both null if no crypto device says.</summary>
    public static (string? Rule, string? Cause) CauseIn(Machine machine)
    {
        foreach (CryptoProvider cipher in machine.Ciphers)
        {
            if (cipher.FirstError is { } error)
            {
                return (error.Rule, $"; {cipher.Name}: {error.What}");
            }
        }

        return (null, null);
    }

    /// <summary>The first rule that was broken without anything failing by it; null if none was.</summary>
    public static (string Rule, string Sentence)? FindBroken(Machine machine)
    {
        foreach (CryptoProvider cipher in machine.Ciphers)
        {
            if (cipher.FindBroken() is { } broken)
            {
                return broken;
            }
        }

        foreach (IWorkload workload in machine.Workloads)
        {
            if (workload.FindBroken() is { } broken)
            {
                return broken;
            }
        }

        return null;
    }
}

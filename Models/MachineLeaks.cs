using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;

namespace CryptoSim.Models;

/// <summary>Finds what is still in use although all work has ended (DM-K2). Reads state alone, so that it may be asked of any end of any schedule.</summary>
internal static class MachineLeaks
{
    /// <summary>The first leak: the broken rule and what is left; null if nothing is.</summary>
    public static (string Rule, string Sentence)? Find(Machine machine)
    {
        foreach (CryptoProvider cipher in machine.Ciphers)
        {
            if (cipher.FindLeak() is { } leak)
            {
                return (leak.Rule, Left(leak.What));
            }
        }

        foreach (DmCryptTarget target in machine.Targets)
        {
            if (OfTarget(target) is { } leak)
            {
                return (leak.Rule, Left(leak.What));
            }
        }

        foreach (BlockDevice device in machine.Devices)
        {
            if (OfDevice(device) is { } leak)
            {
                return (leak.Rule, Left(leak.What));
            }
        }

        return FindInWorkloads(machine) ?? FindInFallback(machine) ?? FindInKernel(machine.Kernel);
    }

    private static (string Rule, string Sentence)? FindInWorkloads(Machine machine)
    {
        foreach (IWorkload workload in machine.Workloads)
        {
            if (workload.FindLeak() is { } leak)
            {
                return (leak.Rule, Left(leak.What));
            }
        }

        return null;
    }

    private static (string Rule, string Sentence)? FindInFallback(Machine machine) =>
        machine.Fallback?.Profile.Table.InUse is > 0 and var slots ? ("KS-K1", Left($"{slots} keyslots of blk-crypto-fallback in use")) : null;

    private static (string Rule, string Sentence)? FindInKernel(LinuxKernel kernel)
    {
        foreach (MemoryPool pool in kernel.Memory.Pools)
        {
            if (pool.InUse > 0)
            {
                return ("DM-K2", Left($"{pool.InUse} element{(pool.InUse == 1 ? "" : "s")} of {pool.Name}"));
            }
        }

        return FindAllocated(kernel) ?? FindHeld(kernel);
    }

    private static (string Rule, string Sentence)? FindAllocated(LinuxKernel kernel)
    {
        foreach (Kmalloc kmalloc in kernel.Memory.Kmallocs)
        {
            if (kmalloc.InUse > 0)
            {
                return ("DM-K2", Left($"{kmalloc.InUse} allocations of {kmalloc.Symbol}"));
            }
        }

        return null;
    }

    private static (string Rule, string Sentence)? FindHeld(LinuxKernel kernel)
    {
        string held = string.Join(", ", kernel.LockOrder?.Held ?? []);
        return held.Length > 0 ? ("DM-K2", Left($"the mutex {held} locked")) : null;
    }

    private static (string Rule, string What)? OfDevice(BlockDevice device)
    {
        if (device is InlineCryptoHost host && host.Profile.Table.References > host.Queue.Ended)
        {
            return ("KS-K1", $"{host.Profile.Table.InUse} keyslots of {device.Name} in use");
        }

        return device.CommandsInUse > 0 ? ("DM-K2", $"{device.CommandsInUse} commands in {device.Name}") : null;
    }

    private static (string Rule, string What)? OfTarget(DmCryptTarget target)
    {
        if (target.IosInUse > 0)
        {
            return ("DM-D6", $"{target.IosInUse} dm_crypt_io of {target.Name} with references");
        }

        if (target.Pages.InUse != 0)
        {
            return ("DM-K2", $"{target.Pages.InUse} clone pages of {target.Name} allocated");
        }

        return target.Requests?.InUse > 0 ? ("DM-K2", $"{target.Requests.InUse} requests of {target.Name} allocated") : null;
    }

    private static string Left(string what) => $"all work has ended, and it leaves {what}";
}

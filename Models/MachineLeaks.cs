using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;

namespace CryptoSim.Models;

/// <summary>Finds what is still in use although all work has ended (DM-K2). Reads state alone, so that it may be asked of any end of any schedule.</summary>
internal static class MachineLeaks
{
    /// <summary>The first leak: the broken rule and what is left; null if nothing is.</summary>
    public static (string Rule, string Sentence)? Find(Machine machine)
    {
        foreach (CaamCipher cipher in machine.Ciphers)
        {
            if (OfRing(cipher) is { } leak)
            {
                return leak;
            }
        }

        foreach (DmCryptTarget target in machine.Targets)
        {
            if (target.IosInUse > 0)
            {
                return ("DM-D6", Left($"{target.IosInUse} dm_crypt_io of {target.Name} with references"));
            }
        }

        foreach (BlockDevice device in machine.Devices)
        {
            if (device.CommandsInUse > 0)
            {
                return ("DM-K2", Left($"{device.CommandsInUse} commands in {device.Name}"));
            }
        }

        string held = string.Join(", ", machine.Kernel.LockOrder?.Held ?? []);
        return held.Length > 0 ? ("DM-K2", Left($"the mutex {held} locked")) : null;
    }

    private static (string Rule, string Sentence)? OfRing(CaamCipher cipher)
    {
        JobRing ring = cipher.Ring;
        if (ring.Used > 0)
        {
            return ("DM-J10", Left($"{ring.Used} of {ring.Capacity} entries of {ring.Name} in use"));
        }

        if (ring.Backlogged > 0 || cipher.Engine?.Length > 0)
        {
            return ("DM-C5", Left($"{ring.Backlogged + (cipher.Engine?.Length ?? 0)} requests in the queue of {ring.Name}"));
        }

        if (cipher.InFlight > 0)
        {
            return ("DM-C1", Left($"{cipher.InFlight} requests accepted by {cipher.Name} without their final callback"));
        }

        return ring.HasArmedTimer ? ("DM-K2", Left($"the coalescing timer of {ring.Name} armed")) : null;
    }

    private static string Left(string what) => $"all work has ended, and it leaves {what}";
}

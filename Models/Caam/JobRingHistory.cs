using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary>What the CAAM driver and its crypto_engine did in each kernel release: the one place where their history stands as a table.</summary>
[KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_crypt, skcipher_do_one_req", Version = "v6.18", Rules = "DM-J6 DM-J15 DM-J19 DM-B08 DM-B09 DM-B28")]
internal static class JobRingHistory
{
    /// <summary>The options with what the release fills in, for <see cref="Driver.ByKernel"/>; the options themselves otherwise. What the scenario sets stays.</summary>
    public static JobRingOptions Fill(JobRingOptions options, KernelVersion kernel) => options.Driver == Driver.Configured ? options : options with
    {
        Front = options.LeavesDriverOpen ? FrontIn(kernel) : options.Front,
        WhenFull = options.LeavesDriverOpen && kernel < KernelVersion.V58 ? WhenFull.DropRequest : options.WhenFull,
        Notify = options.Notify ?? (kernel >= KernelVersion.V65 ? Notify.AfterDispatch : Notify.BeforeDispatch),
        EdescOnEnospc = options.EdescOnEnospc ?? (kernel >= KernelVersion.V65 ? EdescOnEnospc.Kept : EdescOnEnospc.Freed),
        EdescGfp = options.EdescGfp ?? (kernel >= KernelVersion.V58 ? EdescGfp.MaySleep : EdescGfp.MayBacklog),
        InputRoom = options.InputRoom ?? (kernel >= KernelVersion.V58 ? InputRoom.Cached : InputRoom.ReadEachTime),
    };

    private static Front FrontIn(KernelVersion kernel) => kernel switch
    {
        >= KernelVersion.V511 => Front.EngineRetry,
        >= KernelVersion.V58 => Front.Engine,
        _ => Front.None,
    };
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>A design in which a bio takes its slot before it enters the queue of the device, and may be encrypted by the CPU instead.</summary>
[KernelSource("block/bio-crypt-ctx.c", "blk_crypto_submit_bio", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A1 KS-A2 KS-E1")]
internal interface ITakesSlotFirst
{
    /// <summary>Takes a slot for a bio that the device could encrypt. Context: process; may sleep.</summary>
    Operation<BlkStatus> TryAsync(Bio bio);

    /// <summary>Why the CPU encrypts a bio that got no slot, for people; null if the bio ends with that status.</summary>
    string? WhyFallBack(BlkStatus status);
}

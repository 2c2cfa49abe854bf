using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>A device to which bios with a key may be submitted, and which has to be told when the key dies.</summary>
[KernelSource("block/blk-crypto.c", "blk_crypto_evict_key", Version = "v6.18", Rules = "KS-17 KS-20")]
internal interface IKeyedDevice : IBlockDevice
{
    /// <summary>Hardware and fallback forget a key, all whose I/O has ended: <c>blk_crypto_evict_key</c>. Context: process; may sleep.</summary>
    /// <returns>The answer of __blk_crypto_evict_key, which Linux itself only prints since 70493a63ba04 (6.4).</returns>
    Operation<Errno> EvictKeyAsync(BlkCryptoKey key);
}

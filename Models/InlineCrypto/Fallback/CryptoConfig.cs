using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary><c>struct blk_crypto_config</c>: what a key asks of the device, whatever its bytes.</summary>
/// <param name="Mode">crypto_mode.</param>
/// <param name="DataUnitSize">data_unit_size: a power of two.</param>
/// <param name="DunBytes">dun_bytes: bytes of a data unit number that may be other than 0.</param>
[KernelSource("include/linux/blk-crypto.h", "struct blk_crypto_config", Version = "v6.18", Rules = "KS-E1 KS-48 KS-49")]
public readonly record struct CryptoConfig(CryptoMode Mode, DataSize DataUnitSize, int DunBytes);

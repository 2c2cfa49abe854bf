using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>The CPU time of a bio's data units, spent page by page by whoever calls: crypto_wait_req on a synchronous cipher.</summary>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_encrypt_bio, blk_crypto_fallback_decrypt_bio", Version = "v6.18", Rules = "KS-E2 KS-E3")]
internal sealed class UnitCipher(LinuxKernel kernel, BlkCryptoFallbackOptions options, FallbackMeter meter)
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly CipherCost _cost = options.Cost;
    private readonly Duration? _perBio = options.CostPerBio;
    private readonly FallbackMeter _meter = meter;

    /// <summary>Spends the time of the units that end in a page. Context: process.</summary>
    /// <param name="page">0-based, in the bio.</param>
    /// <param name="size">Of the bio.</param>
    /// <param name="unit">data_unit_size.</param>
    /// <param name="isEncryption">The direction.</param>
    public Operation SpendAsync(int page, DataSize size, DataSize unit, bool isEncryption)
    {
        Duration time = TimeOf(page, size, unit, isEncryption);
        _meter.OnCipher(time);
        return time > Duration.Zero ? _kernel.Cpus.SpendAsync(_kernel.CurrentCpu, time, _cost.UsesSimd) : Operation.Completed;
    }

    private Duration TimeOf(int page, DataSize size, DataSize unit, bool isEncryption)
    {
        if (_perBio is { } whole)
        {
            return page == 0 ? whole : Duration.Zero;
        }

        long first = (long)page * PageAllocator.PageBytes;
        long end = Math.Min(first + PageAllocator.PageBytes, size.Bytes);
        long units = (end / unit.Bytes) - (first / unit.Bytes);
        return new Duration(_cost.TimeFor(unit, isEncryption).Picoseconds * units);
    }
}

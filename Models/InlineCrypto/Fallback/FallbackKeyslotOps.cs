using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>A keyslot of the fallback is a transformation for each mode, one of which holds the key; programming it is setkey.</summary>
/// <remarks>Locks nothing: the profile's lock is held. Not modelled: allocating the transformations, which is done before the first I/O with a mode (KS-E5).</remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_keyslot_program, blk_crypto_fallback_evict_keyslot", Version = "v6.18", Rules = "KS-E2 KS-E5")]
internal sealed class FallbackKeyslotOps : KeyslotOps
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _setKey;
    private readonly int[] _modes;   // crypto_mode of each slot: 0 for BLK_ENCRYPTION_MODE_INVALID, else the mode and 1

    public FallbackKeyslotOps(LinuxKernel kernel, BlkCryptoFallbackOptions options)
    {
        (_kernel, _setKey) = (kernel, options.SetKey);
        _modes = new int[options.NumKeyslots];
    }

    /// <summary>Times a key was blanked because the slot went over to another mode.</summary>
    [field: NotState]
    public long Blanked { get; private set; }

    /// <inheritdoc/>
    public override async Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key)
    {
        int mode = 1 + (int)key.Mode;
        if (_modes[slot.Number] != 0 && _modes[slot.Number] != mode)
        {
            Blanked++;
            await SetKeyAsync(slot, "a blank key");
        }

        _modes[slot.Number] = mode;
        await SetKeyAsync(slot, key.Label);
        return BlkStatus.Ok;
    }

    /// <inheritdoc/>
    public override async Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key)
    {
        await SetKeyAsync(slot, "a blank key");
        _modes[slot.Number] = 0;
        return BlkStatus.Ok;
    }

    private Suspension SetKeyAsync(Keyslot slot, string key)
    {
        _kernel.Tracer?.Emit(TraceKind.Call, "crypto_skcipher_setkey", BlkCryptoFallback.Name, slot.Label, detail: key);
        return _kernel.Cpus.RunAsync(_setKey);
    }
}

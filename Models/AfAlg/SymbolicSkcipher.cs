using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>Encrypts nothing: the IV that a run leaves is a name, equal exactly where the real one would be. For large runs.</summary>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.14", Rules = "AA-15 AA-17")]
internal sealed class SymbolicSkcipher(BlockMode mode, Payload payload) : Skcipher(mode, payload)
{
    /// <inheritdoc/>
    public override bool IsReal => false;

    /// <inheritdoc/>
    public override IvValue Crypt(IvValue iv, long position, long length, bool isEncryption, Span<byte> output)
    {
        if (Mode == BlockMode.Ctr)
        {
            return iv.Plus((length + BlockSize - 1) / BlockSize);
        }

        ulong content = Mixer.Mix(Payload.NameOf(position) ^ ((ulong)length << 40));
        return isEncryption
            ? new IvValue(Mixer.Mix(iv.High ^ content), Mixer.Mix(iv.Low ^ content ^ Mixer.Mix(iv.High)))
            : new IvValue(content, Mixer.Mix(content));   // the last block of what came in, whatever the IV was
    }

    /// <summary>A name; it depends on the IV where the run is one block.</summary>
    public override IvValue LastPlaintext(IvValue iv, long position, long length)
    {
        ulong content = Mixer.Mix(~Payload.NameOf(position) ^ ((ulong)length << 40));
        return length > BlockSize ? new IvValue(Mixer.Mix(content), content) : new IvValue(iv.High ^ content, iv.Low ^ Mixer.Mix(content));
    }
}

using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>A transformation with its key and what it encrypts: <c>crypto_skcipher</c> of one user's stream.</summary>
/// <remarks>
/// A request is a run of the stream: its place and its length say what its data are. What comes out depends on the IV it starts
/// from, and so does the IV that it leaves: for CBC the last block of ciphertext, for CTR the counter after it.
/// </remarks>
[KernelSource("include/crypto/skcipher.h", "struct crypto_skcipher", Version = "v4.14", Rules = "AA-8 AA-17 AA-18")]
internal abstract class Skcipher(BlockMode mode, Payload payload)
{
    /// <summary>Block size of AES, and the chunksize to which requests are rounded (AA-6) [B].</summary>
    public const int BlockSize = 16;

    /// <summary>CBC or CTR.</summary>
    public BlockMode Mode { get; } = mode;

    /// <summary>What is sent: plaintext to encrypt, ciphertext to decrypt.</summary>
    protected Payload Payload { get; } = payload;

    /// <summary>What was sent from a place on.</summary>
    public byte[] Sent(long position, int length)
    {
        byte[] bytes = new byte[length];
        Payload.Read(position, bytes);
        return bytes;
    }

    /// <summary>True if it makes bytes; false if it makes names for them.</summary>
    public abstract bool IsReal { get; }

    /// <summary>A request may be so long [B]: a mode of whole blocks refuses others.</summary>
    public bool Takes(long length) => Mode != BlockMode.Cbc || length % BlockSize == 0;

    /// <summary>Encrypts or decrypts a run of the stream.</summary>
    /// <param name="iv">The IV it starts from.</param>
    /// <param name="position">Where the run begins [B].</param>
    /// <param name="length">A multiple of the block size, except at the end of a CTR stream [B].</param>
    /// <param name="isEncryption">Encrypts; otherwise decrypts.</param>
    /// <param name="output">Where the result goes; empty if nobody wants it.</param>
    /// <returns>The IV that the run leaves.</returns>
    public abstract IvValue Crypt(IvValue iv, long position, long length, bool isEncryption, Span<byte> output);

    /// <summary>What a run of CBC decrypts its last block to: what a driver leaves that takes it for the next IV.</summary>
    /// <param name="iv">The IV the run starts from.</param>
    /// <param name="position">Where it begins [B].</param>
    /// <param name="length">A multiple of the block size [B].</param>
    public abstract IvValue LastPlaintext(IvValue iv, long position, long length);
}

/// <summary>How blocks are chained: what makes the IV of a request depend on the one before it.</summary>
public enum BlockMode
{
    /// <summary>cbc(aes): the last block of ciphertext is the next IV.</summary>
    [KernelSource("crypto/cbc.c", "crypto_cbc_encrypt", Version = "v4.14", Rules = "AA-17 AA-18")]
    Cbc,

    /// <summary>ctr(aes): the counter goes on.</summary>
    [KernelSource("crypto/ctr.c", "crypto_ctr_crypt", Version = "v4.14", Rules = "AA-18")]
    Ctr,
}

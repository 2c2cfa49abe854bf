using System.Security.Cryptography;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>Encrypts truly: AES of System.Security.Cryptography, in CBC or CTR.</summary>
[KernelSource("crypto/cbc.c", "crypto_cbc_encrypt, crypto_cbc_decrypt", Version = "v4.14", Rules = "AA-17 AA-18")]
internal sealed class AesSkcipher : Skcipher, IDisposable
{
    [NotState]
    private readonly Aes _aes;
    [NotState]
    private byte[] _input = [];
    [NotState]
    private byte[] _output = [];

    /// <summary>A transformation with a key.</summary>
    /// <param name="mode">CBC or CTR.</param>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="payload">What is sent.</param>
    public AesSkcipher(BlockMode mode, byte[] key, Payload payload)
        : base(mode, payload)
    {
        _aes = Aes.Create();
        _aes.Key = key;
    }

    /// <inheritdoc/>
    public override bool IsReal => true;

    /// <inheritdoc/>
    public override IvValue Crypt(IvValue iv, long position, long length, bool isEncryption, Span<byte> output)
    {
        Reserve((int)length);
        Span<byte> input = _input.AsSpan(0, (int)length);
        Span<byte> result = _output.AsSpan(0, (int)length);
        Payload.Read(position, input);
        IvValue next = Mode == BlockMode.Ctr ? Ctr(iv, input, result) : Cbc(iv, input, result, isEncryption);
        if (!output.IsEmpty)
        {
            result.CopyTo(output);
        }

        return next;
    }

    /// <inheritdoc/>
    public override IvValue LastPlaintext(IvValue iv, long position, long length)
    {
        Span<byte> blocks = stackalloc byte[2 * BlockSize];   // the IV of the last block, and the block
        if (length == BlockSize)
        {
            iv.Write(blocks);
            Payload.Read(position, blocks[BlockSize..]);
        }
        else
        {
            Payload.Read(position + length - blocks.Length, blocks);
        }

        Span<byte> plaintext = stackalloc byte[BlockSize];
        _aes.DecryptCbc(blocks[BlockSize..], blocks[..BlockSize], plaintext, PaddingMode.None);
        return IvValue.Read(plaintext);
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private IvValue Cbc(IvValue iv, ReadOnlySpan<byte> input, Span<byte> result, bool isEncryption)
    {
        Span<byte> ivBytes = stackalloc byte[IvValue.Size];
        iv.Write(ivBytes);
        if (isEncryption)
        {
            _aes.EncryptCbc(input, ivBytes, result, PaddingMode.None);
        }
        else
        {
            _aes.DecryptCbc(input, ivBytes, result, PaddingMode.None);
        }

        return IvValue.Read((isEncryption ? result : input)[^BlockSize..]);
    }

    /// <summary>Encrypts the counters, and takes the result for key stream.</summary>
    private IvValue Ctr(IvValue iv, ReadOnlySpan<byte> input, Span<byte> result)
    {
        Span<byte> counter = stackalloc byte[BlockSize];
        Span<byte> stream = stackalloc byte[BlockSize];
        for (int at = 0; at < input.Length; at += BlockSize)
        {
            iv.Write(counter);
            _aes.EncryptEcb(counter, stream, PaddingMode.None);
            int end = Math.Min(input.Length, at + BlockSize);
            for (int i = at; i < end; i++)
            {
                result[i] = (byte)(input[i] ^ stream[i - at]);
            }

            iv = iv.Plus(1);
        }

        return iv;
    }

    private void Reserve(int length)
    {
        if (_input.Length < length)
        {
            (_input, _output) = (new byte[length], new byte[length]);
        }
    }
}

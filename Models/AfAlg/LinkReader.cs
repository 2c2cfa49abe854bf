using System.Security.Cryptography;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>Reads from what went in and what came out of a request which IV it started from and which it left.</summary>
/// <remarks>
/// A block of CBC is E(P xor IV), so IV = D(C) xor P; a block of CTR is P xor E(IV), so IV = D(P xor C). Only the block cipher
/// is used for it, and none of what chains blocks.
/// </remarks>
[KernelSource("crypto/cbc.c", "crypto_cbc_encrypt, crypto_cbc_decrypt", Version = "v4.14", Rules = "AA-15 AA-17 AA-18")]
internal sealed class LinkReader : IDisposable
{
    private readonly BlockMode _mode;
    private readonly bool _isEncryption;
    [NotState]
    private readonly Aes _aes = Aes.Create();

    /// <summary>For requests with one key.</summary>
    public LinkReader(BlockMode mode, byte[] key, bool isEncryption)
    {
        (_mode, _isEncryption) = (mode, isEncryption);
        _aes.Key = key;
    }

    /// <summary>The two IVs of a request of at least one block.</summary>
    public IvLink Read(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        ReadOnlySpan<byte> plain = _isEncryption ? sent : received;
        ReadOnlySpan<byte> cipher = _isEncryption ? received : sent;
        if (plain.Length < Skcipher.BlockSize)
        {
            return default;   // less than a block of key stream does not tell its counter
        }

        Span<byte> first = stackalloc byte[Skcipher.BlockSize];
        if (_mode == BlockMode.Ctr)
        {
            Xor(plain, cipher, first);
            _aes.DecryptEcb(first, first, PaddingMode.None);
            IvValue counter = IvValue.Read(first);
            return new IvLink(counter, counter.Plus((plain.Length + Skcipher.BlockSize - 1) / Skcipher.BlockSize));
        }

        _aes.DecryptEcb(cipher[..Skcipher.BlockSize], first, PaddingMode.None);
        Xor(plain, first, first);
        return new IvLink(IvValue.Read(first), IvValue.Read(cipher[^Skcipher.BlockSize..]));
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private static void Xor(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (byte)(a[i] ^ b[i]);
        }
    }
}

using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>CPU time of a software cipher: a fixed part for each request and a rate for its data.</summary>
/// <param name="Setup">CPU time of a request besides moving its data.</param>
/// <param name="Encryption">Rate at which one CPU encrypts; zero stands for data that take no time.</param>
/// <param name="Decryption">Rate at which one CPU decrypts; zero stands for data that take no time.</param>
/// <param name="UsesSimd">The CPU time is a kernel-FPU section.</param>
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt, crypto_skcipher_decrypt", Version = "v6.18", Rules = "DM-C1")]
public readonly record struct CipherCost(Duration Setup, Bandwidth Encryption, Bandwidth Decryption, bool UsesSimd)
{
    /// <summary>CPU time of one request.</summary>
    /// <param name="length">Its data.</param>
    /// <param name="isEncryption">Its direction.</param>
    public Duration TimeFor(DataSize length, bool isEncryption)
    {
        Bandwidth rate = isEncryption ? Encryption : Decryption;
        return rate.BytesPerSecond == 0 ? Setup : Setup + rate.TimeFor(length);
    }
}

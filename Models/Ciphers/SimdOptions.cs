using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Ciphers;

/// <summary>The SIMD wrapper, xts-aes-aesni before 6.15: the inner cipher at once where SIMD is usable, else cryptd.</summary>
[Model("simd")]
[KernelSource("crypto/simd.c", "simd_skcipher_create, simd_skcipher_encrypt", Version = "v6.6", Rules = "SC-1 SC-2 DM-D44")]
public sealed record SimdOptions : CryptoDeviceOptions
{
    /// <summary>The cryptd whose child is the inner cipher.</summary>
    [NamesPart(typeof(CryptdOptions))]
    public required string Cryptd { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> BuiltOn => [Cryptd];

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new SimdCipher(parts.Kernel, parts.Name, (Cryptd)parts.Find(Cryptd));
    }

    /// <inheritdoc/>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices) =>
        new("xts-aes-aesni", 401, IsAsync: true);
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Ciphers;

/// <summary>Cloudflare's xts-aes-xtsproxy: AES-NI where SIMD is usable, C where it is not, and always synchronous.</summary>
[Model("xtsproxy")]
[KernelSource("xtsproxy.c", "xtsproxy_skcipher_encrypt", Mail = "002_e236514fb5a11c88", Rules = "SC-11")]
public sealed record XtsProxyOptions : CryptoDeviceOptions
{
    /// <summary>The cipher where SIMD is usable: __xts-aes-aesni.</summary>
    [NamesPart(typeof(SoftwareCipherOptions))]
    public required string Simd { get; init; }

    /// <summary>The cipher where it is not: xts(ecb(aes-generic)), 10 to 100 times slower (ME-S13).</summary>
    [NamesPart(typeof(SoftwareCipherOptions))]
    public required string Generic { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> BuiltOn => [Simd, Generic];

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new XtsProxy(parts.Kernel, parts.Name, (SoftwareCipher)parts.Find(Simd), (SoftwareCipher)parts.Find(Generic));
    }

    /// <inheritdoc/>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices) =>
        new("xts-aes-xtsproxy", 0, IsAsync: false);
}

using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>A synchronous software cipher such as __xts-aes-aesni or xts(ecb(aes-generic)): it answers 0, and the caller has spent the CPU time.</summary>
[Model("software-cipher")]
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt, crypto_skcipher_decrypt", Version = "v6.18", Rules = "DM-C1 SC-1")]
public sealed record SoftwareCipherOptions : CryptoDeviceOptions
{
    /// <summary>A published row, which gives the other keys their values.</summary>
    [DefaultFrom("none: without it bandwidth is needed")]
    public CipherCpu? Cpu { get; init; }

    /// <summary>CPU time of a request besides moving its data.</summary>
    [DefaultFrom("that of cpu; 0 without it")]
    public Duration? Setup { get; init; }

    /// <summary>Rate at which one CPU encrypts.</summary>
    [DefaultFrom("that of cpu")]
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>Rate at which one CPU decrypts.</summary>
    [DefaultFrom("bandwidth if that is given, else that of cpu")]
    public Bandwidth? DecryptionBandwidth { get; init; }

    /// <summary>The work is done in a kernel-FPU section.</summary>
    [DefaultFrom("that of cpu; false without it")]
    public bool? UsesSimd { get; init; }

    /// <summary>cra_driver_name under which crypto-api finds it.</summary>
    [DefaultFrom("SC-10: __xts-aes-aesni if it uses SIMD, without the underscores since 6.15 (SC-6); else xts(ecb(aes-generic))")]
    public string? DriverName { get; init; }

    /// <summary>cra_priority.</summary>
    [Range(0, 100_000)]
    [DefaultFrom("SC-10: 401 if it uses SIMD, else 100")]
    public int? Priority { get; init; }

    /// <summary>What a request costs after defaults.</summary>
    public CipherCost Cost
    {
        get
        {
            CipherCost row = Cpu is { } cpu ? CipherPresets.Of(cpu) : default;
            return new CipherCost(
                Setup ?? row.Setup,
                Bandwidth ?? row.Encryption,
                DecryptionBandwidth ?? Bandwidth ?? row.Decryption,
                UsesSimd ?? row.UsesSimd);
        }
    }

    /// <summary>CPU time of a request besides its data, after defaults.</summary>
    public Duration EffectiveSetup => Cost.Setup;

    /// <summary>The rate of encryption after defaults.</summary>
    public Bandwidth EffectiveBandwidth => Cost.Encryption;

    /// <summary>The rate of decryption after defaults.</summary>
    public Bandwidth EffectiveDecryptionBandwidth => Cost.Decryption;

    /// <summary>Whether it uses SIMD after defaults.</summary>
    public bool EffectiveUsesSimd => Cost.UsesSimd;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new SoftwareCipher(parts.Kernel, parts.Name, Cost);
    }

    /// <summary>Synchronous; internal where a SIMD wrapper is what others are to use.</summary>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        bool isSimd = Cost.UsesSimd;
        bool isInternal = isSimd && kernel < KernelVersion.V618;
        string driver = DriverName ?? (!isSimd ? "xts(ecb(aes-generic))" : isInternal ? "__xts-aes-aesni" : "xts-aes-aesni");
        return new CryptoAlgorithm(driver, Priority ?? (isSimd ? 401 : 100), IsAsync: false, IsInternal: isInternal);
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        if (Cpu is null && Bandwidth is null)
        {
            yield return new OptionProblem(name, "has neither cpu nor bandwidth, so nobody knows what a request costs");
        }
    }
}

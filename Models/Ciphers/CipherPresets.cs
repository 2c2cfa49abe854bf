using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>What each published row says a request costs.</summary>
/// <remarks>
/// A rate measured at one size gives no fixed part, so that it is 0 but for Emerald Rapids, where gains at two sizes give it
/// (ME-S12). A row with one rate has it in both directions.
/// </remarks>
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt", Rules = "ME-A7 ME-D1 ME-D2 ME-D7 ME-S1-ME-S9 ME-S12")]
internal static class CipherPresets
{
    /// <summary>The cost of a row.</summary>
    public static CipherCost Of(CipherCpu cpu) => cpu switch
    {
        CipherCpu.Cloudflare2020 => TenthsOfMiB(18231, 19003, simd: true),
        CipherCpu.Cloudflare2020Xts512 => TenthsOfMiB(17244, 17658, simd: true),
        CipherCpu.Cloudflare2020Cbc128 => TenthsOfMiB(9697, 31100, simd: true),
        CipherCpu.Cloudflare2020Cbc256 => TenthsOfMiB(7561, 24747, simd: true),
        CipherCpu.CoreI73770 => TenthsOfMiB(14319, 13865, simd: true),
        CipherCpu.AppleM1 => TenthsOfMiB(35835, 37088, simd: true),
        CipherCpu.RaspberryPi4 => TenthsOfMiB(360, 344, simd: false),
        CipherCpu.RaspberryPi4Cbc128 => TenthsOfMiB(347, 333, simd: false),
        CipherCpu.Mt7621 => TenthsOfMiB(111, 109, simd: false),
        CipherCpu.X86LaptopCbc128 => TenthsOfMiB(10767, 32105, simd: true),
        CipherCpu.EmeraldRapidsVaes => Megabytes(17_346, simd: true) with { Setup = new Duration(17_161) },
        CipherCpu.EmeraldRapidsGeneric => Megabytes(305, simd: false),
        CipherCpu.Imx8mNanoCe => Megabytes(647, simd: true),
        _ => default,
    };

    private static CipherCost TenthsOfMiB(long encryption, long decryption, bool simd) =>
        new(Duration.Zero, new Bandwidth(encryption * (1L << 20) / 10), new Bandwidth(decryption * (1L << 20) / 10), simd);

    private static CipherCost Megabytes(long rate, bool simd) =>
        new(Duration.Zero, new Bandwidth(rate * 1_000_000), new Bandwidth(rate * 1_000_000), simd);
}

using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Ciphers;

/// <summary>A CPU with the implementation that was measured on it; each member is one published row.</summary>
public enum CipherCpu
{
    /// <summary>Cloudflare's server of 2020, AES-NI, aes-xts with a 256-bit key string.</summary>
    [Word("cloudflare-2020")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "xts_encrypt", Rules = "ME-A7")]
    Cloudflare2020,

    /// <summary>The same, aes-xts with 512 bits.</summary>
    [Word("cloudflare-2020-xts512")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "xts_encrypt", Rules = "ME-S1")]
    Cloudflare2020Xts512,

    /// <summary>The same, aes-cbc with 128 bits: decryption is parallel, encryption is not.</summary>
    [Word("cloudflare-2020-cbc128")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "cbc_encrypt, cbc_decrypt", Rules = "ME-S2")]
    Cloudflare2020Cbc128,

    /// <summary>The same, aes-cbc with 256 bits.</summary>
    [Word("cloudflare-2020-cbc256")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "cbc_encrypt, cbc_decrypt", Rules = "ME-S3")]
    Cloudflare2020Cbc256,

    /// <summary>Core i7-3770, AES-NI, aes-xts 256b.</summary>
    [Word("core-i7-3770")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "xts_encrypt", Rules = "ME-S4")]
    CoreI73770,

    /// <summary>Apple M1 in a virtual machine, AES instructions, aes-xts 256b.</summary>
    [Word("apple-m1")]
    [KernelSource("arch/arm64/crypto/aes-glue.c", "xts_encrypt", Rules = "ME-S5")]
    AppleM1,

    /// <summary>Raspberry Pi 4, which lacks the AES instructions, aes-xts 256b.</summary>
    [Word("raspberry-pi-4")]
    [KernelSource("crypto/aes_generic.c", "crypto_aes_encrypt", Rules = "ME-S6")]
    RaspberryPi4,

    /// <summary>The same, aes-cbc 128b.</summary>
    [Word("raspberry-pi-4-cbc128")]
    [KernelSource("crypto/aes_generic.c", "crypto_aes_encrypt", Rules = "ME-S7")]
    RaspberryPi4Cbc128,

    /// <summary>MT7621, a MIPS router, in C, aes-xts 256b.</summary>
    [Word("mt7621")]
    [KernelSource("crypto/aes_generic.c", "crypto_aes_encrypt", Rules = "ME-S8")]
    Mt7621,

    /// <summary>A laptop with AES-NI, aes-cbc 128b.</summary>
    [Word("x86-laptop-cbc128")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "cbc_encrypt, cbc_decrypt", Rules = "ME-S9")]
    X86LaptopCbc128,

    /// <summary>Intel Emerald Rapids, xts-aes-vaes-avx512.</summary>
    [Word("emerald-rapids-vaes")]
    [KernelSource("arch/x86/crypto/aesni-intel_glue.c", "xts_encrypt_vaes_avx512", Rules = "ME-D1 ME-S12")]
    EmeraldRapidsVaes,

    /// <summary>Intel Emerald Rapids, xts(ecb(aes-generic)): C, no SIMD.</summary>
    [Word("emerald-rapids-generic")]
    [KernelSource("crypto/aes_generic.c", "crypto_aes_encrypt", Rules = "ME-D2")]
    EmeraldRapidsGeneric,

    /// <summary>i.MX 8M Nano, AES instructions, xts-aes-ce.</summary>
    [Word("imx8m-nano-ce")]
    [KernelSource("arch/arm64/crypto/aes-glue.c", "xts_encrypt", Rules = "ME-D7")]
    Imx8mNanoCe,

    /// <summary>ecb(cipher_null), which copies: no time of its own, because no figure was published apart from the inline work of ME-B6, which contains it.</summary>
    [Word("cipher-null")]
    [KernelSource("crypto/crypto_null.c", "null_skcipher_crypt", Rules = "ME-B6")]
    CipherNull,
}

using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>What was done to the data of a request since it was submitted: symbolic data, no bytes.</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert_block", Version = "v4.1", Rules = "DM-D5 DM-K1")]
internal enum DataState : byte
{
    /// <summary>Nothing.</summary>
    Untouched,

    /// <summary>Encrypted or decrypted once, under its own IV.</summary>
    Done,

    /// <summary>Under the IV of something else.</summary>
    ForeignIv,

    /// <summary>More than once.</summary>
    Twice,
}

/// <summary>The rule of symbolic data and its sentences.</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert_block", Version = "v4.1", Rules = "DM-K1")]
internal static class DataRule
{
    /// <summary>A fault of this rule is told as corruption.</summary>
    public const string Id = "DM-K1";

    /// <summary>True for the rules whose breach puts wrong data where somebody will read them: this one, those of fragments that share a convert context, that of a chain with a stale IV, and that of data in the wrong places.</summary>
    public static bool Covers(string? rule) => rule is Id or "DM-S3" or "DM-S4" or "DM-S5" or "AA-7" or "AA-16";

    /// <summary>What is wrong with data that are said to be done, as the rest of a sentence about the request.</summary>
    public static string Describe(this DataState state) => state switch
    {
        DataState.Untouched => "got its final status 0, but its data were never encrypted",
        DataState.ForeignIv => "got its final status 0, but its data were encrypted under the IV of something else",
        _ => "got its final status 0, but its data were encrypted twice",
    };
}

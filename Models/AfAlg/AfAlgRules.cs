using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.AfAlg;

/// <summary>What a socket would refuse, told before the run.</summary>
[KernelSource("crypto/algif_skcipher.c", "skcipher_setkey", Version = "v4.14", Rules = "AA-1")]
internal static class AfAlgRules
{
    /// <summary>Problems of a user of sockets.</summary>
    public static IEnumerable<OptionProblem> FindProblems(string name, AfAlgOptions options) =>
        FindInHex(name, options.Key, options.Iv, options.Data);

    /// <summary>Problems of kcapi.</summary>
    public static IEnumerable<OptionProblem> FindProblems(string name, KcapiOptions options)
    {
        foreach (OptionProblem problem in FindInHex(name, options.Key, options.Iv, options.Data))
        {
            yield return problem;
        }

        bool isOnePiece = options.Cipher == KcapiCipher.CtrAes && (options.Iovecs == 1 || options.Type == KcapiType.Sync);
        if (options.DataLength.Bytes % Skcipher.BlockSize != 0 && !isOnePiece)
        {
            yield return new OptionProblem(name + ".data", $"is {options.DataLength.Bytes} bytes, no multiple of the {Skcipher.BlockSize} bytes of a block");
        }
    }

    private static IEnumerable<OptionProblem> FindInHex(string name, string key, string iv, string? data) =>
        new[]
        {
            Problem(name + ".key", key, "16, 24 or 32 bytes", 16, 24, 32),
            Problem(name + ".iv", iv, "16 bytes", IvValue.Size),
            data is null ? null : Problem(name + ".data", data, "bytes"),
        }.OfType<OptionProblem>();

    private static OptionProblem? Problem(string path, string hex, string wanted, params int[] sizes)
    {
        if (!hex.All(char.IsAsciiHexDigit) || hex.Length % 2 != 0 || hex.Length == 0)
        {
            return new OptionProblem(path, $"is not {wanted} in pairs of hexadecimal digits");
        }

        return sizes.Length == 0 || sizes.Contains(hex.Length / 2) ? null : new OptionProblem(path, $"is {hex.Length / 2} bytes; it is {wanted}");
    }
}

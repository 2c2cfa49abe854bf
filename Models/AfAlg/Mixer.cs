using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>Names for data that are never looked at: a bijection of 64-bit words in which neighbours are far apart (the finaliser of splitmix64).</summary>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.14", Rules = "AA-15")]
internal static class Mixer
{
    /// <summary>The image of a word.</summary>
    public static ulong Mix(ulong word)
    {
        unchecked
        {
            word += 0x9e3779b97f4a7c15;
            word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
            word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
            return word ^ (word >> 31);
        }
    }
}

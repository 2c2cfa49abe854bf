using System.Numerics;
using System.Runtime.InteropServices;

namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>The 64-bit fingerprint of a state. It is made of two lanes of 64 bits, each of which loses nothing on the way, and is folded only at the end: two states are taken for one with a probability of about 2^-64.</summary>
internal static class Fingerprint
{
    private const ulong A = 0x9E3779B97F4A7C15;
    private const ulong B = 0xD6E8FEB86659FD93;

    /// <summary>The fingerprint.</summary>
    /// <param name="bytes">The state.</param>
    /// <param name="salt">Whatever else tells one from another: the seed, who ran last.</param>
    internal static ulong Of(ReadOnlySpan<byte> bytes, ulong salt)
    {
        unchecked
        {
            ulong x = Spread(salt ^ A);
            ulong y = Spread(salt + B) ^ (ulong)bytes.Length;
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                Take(ref x, ref y, MemoryMarshal.Read<ulong>(bytes));
            }

            ulong rest = 0;
            for (int i = bytes.Length - 1; i >= 0; i--)
            {
                rest = (rest << 8) | bytes[i];
            }

            Take(ref x, ref y, rest);
            return Spread(x) ^ BitOperations.RotateLeft(Spread(y ^ B), 31);
        }
    }

    /// <summary>The probability that among so many states some two have one fingerprint is at most this (the birthday bound).</summary>
    internal static double OmissionProbability(long states) => Math.Min(1, Math.ScaleB((double)states * states, -65));

    private static void Take(ref ulong x, ref ulong y, ulong word)
    {
        unchecked
        {
            x = (x ^ word) * A;
            x ^= x >> 32;
            y = BitOperations.RotateLeft(y + word, 23) * B;
            y ^= y >> 29;
        }
    }

    private static ulong Spread(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

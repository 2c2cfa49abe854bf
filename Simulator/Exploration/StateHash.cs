using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace CryptoSim.Simulator.Exploration;

/// <summary>A 64-bit hash of the bytes of a state; the same on every machine.</summary>
internal static class StateHash
{
    private const ulong A = 0x9E3779B97F4A7C15;
    private const ulong B = 0xD6E8FEB86659FD93;

    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            ulong hash = A ^ (ulong)bytes.Length;
            while (bytes.Length >= 8)
            {
                hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[8..];
            }

            ulong rest = 0;
            for (int i = bytes.Length - 1; i >= 0; i--)
            {
                rest = (rest << 8) | bytes[i];
            }

            return Mix(hash ^ rest ^ B);
        }
    }

    /// <summary>Hashes in hexadecimal digits, sorted.</summary>
    internal static List<string> Sorted(IEnumerable<ulong> hashes) =>
        [.. hashes.Select(static hash => hash.ToString("x16", CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)];

    /// <summary>Both halves of a 128-bit product: no input bit is lost to the multiplication.</summary>
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, B, out ulong low);
        return unchecked(BitOperations.RotateLeft(low, 29) ^ high ^ (low * A));
    }
}

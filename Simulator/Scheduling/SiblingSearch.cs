using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CryptoSim.Simulator;

/// <summary>Finds the first of eight calendar entries: eight times in a row, then their eight keys.</summary>
internal static unsafe class SiblingSearch
{
    /// <summary>Index of the entry with the least time and, among equal times, the least key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Least(long* times) => Avx2.IsSupported ? LeastByVector(times) : LeastByLoop(times);

    /// <summary>The plain form; the same answer on every processor.</summary>
    internal static int LeastByLoop(long* times)
    {
        int least = 0;
        for (int i = 1; i < 8; i++)
        {
            if (times[i] < times[least] || (times[i] == times[least] && unchecked((ulong)times[i + 8] < (ulong)times[least + 8])))
            {
                least = i;
            }
        }

        return least;
    }

    /// <summary>The times are read as positive floating-point numbers, for which the processor has a minimum of one cycle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LeastByVector(long* times)
    {
        var low = Vector256.LoadAligned((double*)times);
        var high = Vector256.LoadAligned((double*)times + 4);
        var least = Avx.Min(low, high);
        least = Avx.Min(least, Avx.Permute2x128(least, least, 1));
        least = Avx.Min(least, Avx.Permute(least, 0b0101));
        int found = Avx.MoveMask(Avx.CompareEqual(low, least)) | (Avx.MoveMask(Avx.CompareEqual(high, least)) << 4);
        int index = BitOperations.TrailingZeroCount(found);
        return (found & unchecked(found - 1)) == 0 ? index : LeastKey(times, found);
    }

    private static int LeastKey(long* times, int candidates)
    {
        int least = BitOperations.TrailingZeroCount(candidates);
        for (int rest = candidates & unchecked(candidates - 1); rest != 0; rest &= unchecked(rest - 1))
        {
            int other = BitOperations.TrailingZeroCount(rest);
            if (unchecked((ulong)times[other + 8] < (ulong)times[least + 8]))
            {
                least = other;
            }
        }

        return least;
    }
}

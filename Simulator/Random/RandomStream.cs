using System.Numerics;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>
/// One named source of random numbers (xoshiro256++, seeded by SplitMix64). The same seed gives the same numbers on
/// every machine and runtime: integers throughout, floating point only by correctly rounded IEEE 754 operations.
/// </summary>
public sealed class RandomStream : IResettable, ICaptured
{
    private readonly ulong _seed;
    [NotState]
    private ulong _s0;
    [NotState]
    private ulong _s1;
    [NotState]
    private ulong _s2;
    [NotState]
    private ulong _s3;
    [NotState]
    private double _spareNormal;
    [NotState]
    private bool _hasSpareNormal;

    /// <summary>Makes the stream at its beginning.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="name">What draws from it, e.g. <c>disk0.latency</c>.</param>
    public RandomStream(ulong seed, string name)
    {
        _seed = seed;
        Name = name;
        Reset();
    }

    /// <summary>What draws from it.</summary>
    public string Name { get; }

    /// <summary>Goes back to the beginning.</summary>
    public void Reset()
    {
        ulong state = _seed;
        _s0 = SplitMix.Next(ref state);
        _s1 = SplitMix.Next(ref state);
        _s2 = SplitMix.Next(ref state);
        _s3 = SplitMix.Next(ref state);
        _hasSpareNormal = false;
    }

    /// <summary>Writes where it stands; at its beginning that is one byte.</summary>
    void ICaptured.Capture(StateWriter writer)
    {
        ulong state = _seed;
        bool isAtStart = _s0 == SplitMix.Next(ref state) && _s1 == SplitMix.Next(ref state) && !_hasSpareNormal;
        writer.Byte(isAtStart ? (byte)0 : _hasSpareNormal ? (byte)2 : (byte)1);
        if (!isAtStart)
        {
            writer.Number(_s0);
            writer.Number(_s1);
            writer.Number(_s2);
            writer.Number(_s3);
            writer.Number(_hasSpareNormal ? BitConverter.DoubleToUInt64Bits(_spareNormal) : 0);
        }
    }

    void ICaptured.Restore(StateReader reader)
    {
        int standing = reader.Byte();
        if (standing == 0)
        {
            Reset();
            return;
        }

        (_s0, _s1, _s2, _s3) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
        _hasSpareNormal = standing == 2;
        _spareNormal = BitConverter.UInt64BitsToDouble(reader.Number());
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
            ulong shifted = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= shifted;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>A whole number in [0..<paramref name="bound"/>-1], each as likely as the other (multiply and reject).</summary>
    /// <param name="bound">[1..]</param>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)NextBelow((ulong)bound);
    }

    /// <summary>A whole number in [0..<paramref name="bound"/>-1], each as likely as the other.</summary>
    /// <param name="bound">[1..]</param>
    public long NextLong(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (long)NextBelow((ulong)bound);
    }

    /// <summary>A number in [0, 1) from 53 bits.</summary>
    public double NextUnit() => (NextUInt64() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>Exponential with the given mean, by inversion; rounded to whole picoseconds.</summary>
    public Duration Exponential(Duration mean) => new(ToPicoseconds(NextExponential() * mean.Picoseconds));

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -ExactMath.Log(1.0 - NextUnit());

    /// <summary>Normal with mean 0 and deviation 1, by the polar method; every second one is kept from the first.</summary>
    public double NextNormal()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        while (true)
        {
            double u = 2.0 * NextUnit() - 1.0;
            double v = 2.0 * NextUnit() - 1.0;
            double square = u * u + v * v;
            if (square is > 0.0 and < 1.0)
            {
                double scale = Math.Sqrt(-2.0 * ExactMath.Log(square) / square);
                _spareNormal = v * scale;
                _hasSpareNormal = true;
                return u * scale;
            }
        }
    }

    /// <summary>Normal with the given mean and deviation, in any unit.</summary>
    public double Normal(double mean, double deviation) => mean + deviation * NextNormal();

    internal static long ToPicoseconds(double value)
    {
        if (!(value < 9.2e18))
        {
            throw new OverflowException("a sampled duration is longer than the virtual clock, about 106 days");
        }

        return value <= 0.0 ? 0 : (long)(value + 0.5);
    }

    private ulong NextBelow(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = unchecked(0UL - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return high;
    }
}

/// <summary>A mixer of 64-bit words: seeds from numbers and names.</summary>
internal static class SplitMix
{
    internal static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            return Mix(state);
        }
    }

    internal static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

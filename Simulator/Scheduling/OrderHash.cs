using System.Numerics;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>The order hash of a run: every event's time and slot, in order. Two runs with the same value took the same path.</summary>
internal struct OrderHash
{
    private const ulong Seed = 0x6A09E667F3BCC909;
    private const ulong TimeFactor = 0x9E3779B97F4A7C15;
    private const ulong ChainFactor = 0xD6E8FEB86659FD93;

    private ulong _state;

    internal static OrderHash Create() => new() { _state = Seed };

    /// <summary>The value over all events so far.</summary>
    internal readonly ulong Value
    {
        get
        {
            unchecked
            {
                ulong mixed = (_state ^ (_state >> 32)) * TimeFactor;
                return mixed ^ (mixed >> 29);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(long picoseconds, int slot)
    {
        unchecked
        {
            ulong item = ((ulong)picoseconds + 1) * TimeFactor + (uint)slot;
            _state = BitOperations.RotateLeft(_state, 23) * ChainFactor ^ item;
        }
    }
}

using System.Buffers.Binary;

namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>A state that waits to be expanded.</summary>
/// <param name="Number">Its number in the graph.</param>
/// <param name="Last">Place of the process that ran last and could go on; -1 when there is none or it does not matter.</param>
/// <param name="IsPutOff">True when that process was stepped already and the others were left for later.</param>
/// <param name="Bytes">The array that holds it.</param>
/// <param name="Start">Where it begins there.</param>
/// <param name="Length">[B] How long it is.</param>
internal readonly record struct FrontierState(int Number, int Last, bool IsPutOff, byte[] Bytes, int Start, int Length);

/// <summary>The states that wait to be expanded, whole, first come first served. Chunks that are used up are dropped.</summary>
internal sealed class Frontier
{
    private const int ChunkSize = 1 << 16;   // [B]
    private const int HeaderSize = 11;       // number, place, put off, length

    private sealed class Chunk(int size)
    {
        internal readonly byte[] Bytes = new byte[size];
        internal int End;
    }

    private readonly Queue<Chunk> _chunks = new();
    private Chunk? _last;
    private int _at;   // in the first chunk

    /// <summary>States in it.</summary>
    internal int Count { get; private set; }

    /// <summary>[B] Memory in use.</summary>
    internal long Bytes { get; private set; }

    internal void Enqueue(int number, int last, bool isPutOff, ReadOnlySpan<byte> state)
    {
        int size = HeaderSize + state.Length;
        if (_last is null || _last.End + size > _last.Bytes.Length)
        {
            _last = new Chunk(Math.Max(ChunkSize, size));
            _chunks.Enqueue(_last);
            Bytes += _last.Bytes.Length;
        }

        var to = _last.Bytes.AsSpan(_last.End, size);
        BinaryPrimitives.WriteInt32LittleEndian(to, number);
        BinaryPrimitives.WriteInt16LittleEndian(to[4..], checked((short)last));
        to[6] = isPutOff ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(to[7..], state.Length);
        state.CopyTo(to[HeaderSize..]);
        _last.End += size;
        Count++;
    }

    /// <summary>Takes the state that waits longest; its bytes stay good.</summary>
    internal bool TryDequeue(out FrontierState state)
    {
        if (Count == 0)
        {
            state = default;
            return false;
        }

        Count--;
        var chunk = _chunks.Peek();
        if (_at == chunk.End)
        {
            Bytes -= chunk.Bytes.Length;
            _chunks.Dequeue();
            chunk = _chunks.Peek();
            _at = 0;
        }

        var from = chunk.Bytes.AsSpan(_at, HeaderSize);
        int length = BinaryPrimitives.ReadInt32LittleEndian(from[7..]);
        state = new FrontierState(
            BinaryPrimitives.ReadInt32LittleEndian(from), BinaryPrimitives.ReadInt16LittleEndian(from[4..]), from[6] != 0, chunk.Bytes, _at + HeaderSize, length);
        _at += HeaderSize + length;
        return true;
    }
}

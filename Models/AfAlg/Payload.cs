using System.Buffers.Binary;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What a user sends: the bytes at each place of a stream without end, the same in every run.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v4.14", Rules = "AA-1 AA-7")]
internal sealed class Payload
{
    private readonly byte[]? _pattern;   // repeated; null: each block is other than all others

    /// <summary>Blocks that are all different.</summary>
    public Payload()
    {
    }

    /// <summary>Some bytes, again and again, as kcapi sends its -p for each IOCB.</summary>
    public Payload(byte[] pattern) => _pattern = pattern;

    /// <summary>The bytes from a place on.</summary>
    public void Read(long position, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = _pattern is { } pattern ? pattern[(int)((position + i) % pattern.Length)] : Generated(position + i);
        }
    }

    /// <summary>A name of what stands at a place: equal for equal bytes at places whose distance is a multiple of the length.</summary>
    public ulong NameOf(long position) => (ulong)(_pattern is { } pattern ? position % pattern.Length : position);

    private static byte Generated(long position)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, Mixer.Mix((ulong)(position >> 3)));
        return word[(int)(position & 7)];
    }
}

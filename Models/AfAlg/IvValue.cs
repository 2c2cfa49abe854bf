using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>An IV of 16 bytes: real ones, or in symbolic mode a name for them that is equal exactly where they would be.</summary>
/// <param name="High">Bytes 0 to 7, big-endian.</param>
/// <param name="Low">Bytes 8 to 15, big-endian.</param>
[KernelSource("include/crypto/skcipher.h", "crypto_skcipher_ivsize", Version = "v4.14", Rules = "AA-1 AA-8")]
public readonly record struct IvValue(ulong High, ulong Low)
{
    /// <summary>ivsize of CBC and CTR with AES [B].</summary>
    public const int Size = 16;

    /// <summary>From 16 bytes.</summary>
    public static IvValue Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>From 32 hexadecimal digits.</summary>
    public static IvValue Parse(string hex)
    {
        Span<byte> bytes = stackalloc byte[Size];
        OperationStatus status = Convert.FromHexString(hex, bytes, out _, out int written);
        return status == OperationStatus.Done && written == Size ? Read(bytes) : throw new FormatException($"{hex} is not an IV of 32 hexadecimal digits");
    }

    /// <summary>Into 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>The counter so many blocks on, with carry through all 128 bits: <c>crypto_inc</c> as often.</summary>
    public IvValue Plus(long blocks)
    {
        ulong low = unchecked(Low + (ulong)blocks);
        return new IvValue(unchecked(High + (low < Low ? 1UL : 0UL)), low);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}

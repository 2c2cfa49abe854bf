using System.Reflection;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Where the fields of a type lie, asked of the runtime.</summary>
/// <remarks>
/// The runtime keeps the offset in its description of a field, behind the handle: a word for the type, one for flags, then
/// 27 bits of offset. That is no contract, so it is held against known fields before the first use; making code that takes
/// field addresses would be the other way, but the command is built without code made at run time.
/// </remarks>
internal static unsafe class FieldOffsets
{
    private const uint OffsetMask = (1u << 27) - 1;

    private static readonly bool IsUnderstood = Holds();

    /// <summary>[B] Offset of a field from the first field of its class, or from the start of its value type.</summary>
    internal static int Of(FieldInfo field) => IsUnderstood
        ? Read(field)
        : throw new NotCapturableException("this .NET runtime lays out its field descriptions in another way: states cannot be captured on it");

    /// <summary>[B] Size of a value.</summary>
    internal static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int Read(FieldInfo field)
    {
        byte* description = (byte*)field.FieldHandle.Value;
        return (int)(*(uint*)(description + sizeof(nint) + sizeof(uint)) & OffsetMask);
    }

    /// <summary>Compares with fields whose addresses the compiler takes.</summary>
    private static bool Holds()
    {
        var sample = new Sample { Flag = true, Number = 1, Reference = "", Value = default };
        ref byte start = ref RawObject.Of(sample);
        var value = new SampleValue { Small = 1, Large = 1 };
        ref byte begin = ref Unsafe.As<SampleValue, byte>(ref value);
        return Agrees(typeof(Sample), nameof(Sample.Number), Unsafe.ByteOffset(ref start, ref Unsafe.As<int, byte>(ref sample.Number)))
            && Agrees(typeof(Sample), nameof(Sample.Reference), Unsafe.ByteOffset(ref start, ref Unsafe.As<object?, byte>(ref sample.Reference)))
            && Agrees(typeof(Sample), nameof(Sample.Value), Unsafe.ByteOffset(ref start, ref Unsafe.As<SampleValue, byte>(ref sample.Value)))
            && Agrees(typeof(Sample), nameof(Sample.Flag), Unsafe.ByteOffset(ref start, ref Unsafe.As<bool, byte>(ref sample.Flag)))
            && Agrees(typeof(SampleValue), nameof(SampleValue.Small), Unsafe.ByteOffset(ref begin, ref value.Small))
            && Agrees(typeof(SampleValue), nameof(SampleValue.Large), Unsafe.ByteOffset(ref begin, ref Unsafe.As<long, byte>(ref value.Large)));
    }

    private static bool Agrees(Type type, string field, nint offset) =>
        Read(type.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!) == offset;

    private sealed class Sample
    {
        internal bool Flag;
        internal int Number;
        internal object? Reference;
        internal SampleValue Value;
    }

    private struct SampleValue
    {
        internal byte Small;
        internal long Large;
    }
}

/// <summary>Any object, seen as the bytes behind its header.</summary>
internal sealed class RawObject
{
    internal byte First;

    /// <summary>The place where the fields of an object begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref byte Of(object value) => ref Unsafe.As<RawObject>(value).First;
}

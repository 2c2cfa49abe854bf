using System.Reflection;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Takes a type apart into the values that lie in it, down through nested structs.</summary>
internal static class LeafFinder
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>False for a field that is no part of the state: marked so, or the simulation itself.</summary>
    internal static bool IsState(FieldInfo field) => !field.IsDefined(typeof(NotStateAttribute)) && field.FieldType != typeof(Simulation);

    /// <summary>Leaves of a field of a class.</summary>
    /// <param name="field">The field.</param>
    /// <param name="offset">[B] Where it lies.</param>
    /// <param name="isFrame">True in a frame: the builder inside its state machine then refers to the frame itself.</param>
    internal static IEnumerable<Leaf> OfField(FieldInfo field, int offset, bool isFrame) =>
        Flatten(field.FieldType, offset, $"{LayoutTable.Name(field.DeclaringType!)}.{Plain(field.Name)}", IsReadOnly(field), isFrame);

    /// <summary>Leaves of a value, such as an element of an array.</summary>
    internal static IEnumerable<Leaf> OfValue(Type type, string path) => Flatten(type, 0, path, isReadOnly: false, isFrame: false);

    /// <summary>Fields that never change: readonly ones, and the object whose method a state machine runs.</summary>
    private static bool IsReadOnly(FieldInfo field) => field.IsInitOnly || field.Name == "<>4__this";

    private static List<Leaf> Flatten(Type type, int offset, string path, bool isReadOnly, bool isFrame)
    {
        var leaf = new Leaf { Offset = offset, Details = new LeafDetails(path, null), IsReadOnly = isReadOnly };
        if (SpecialKind(type, isFrame) is { } special)
        {
            leaf.Kind = special;
            leaf.IsReadOnly = false;   // a process ends and a wait is over without anybody writing the field
            leaf.Details = special == LeafKind.StoreSuspension ? new LeafDetails(path, DeliveryLeaf.For(type)) : leaf.Details;
            return [leaf];
        }

        if (type.IsPointer || type.IsByRef || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint))
        {
            throw new NotCapturableException($"{path} cannot be part of a state: it is a pointer");
        }

        if (!type.IsValueType)
        {
            RefuseForeign(type, path);
            leaf.Kind = LeafKind.Reference;
            leaf.TellsFrame = typeof(Frame).IsAssignableFrom(type);
            return [leaf];
        }

        return type.IsPrimitive || type.IsEnum ? [leaf with { Kind = NumberKind(type) }] : Inside(type, offset, path, isReadOnly, isFrame);
    }

    private static List<Leaf> Inside(Type type, int offset, string path, bool isReadOnly, bool isFrame)
    {
        RefuseOpaque(type, path);
        var leaves = new List<Leaf>();
        foreach (var field in type.GetFields(Instance).Where(field => !field.IsDefined(typeof(NotStateAttribute))))
        {
            bool never = isReadOnly || field.Name == "<>4__this";
            leaves.AddRange(Flatten(field.FieldType, offset + FieldOffsets.Of(field), $"{path}.{Plain(field.Name)}", never, isFrame));
        }

        return leaves;
    }

    private static LeafKind? SpecialKind(Type type, bool isFrame)
    {
        if (type == typeof(Process))
        {
            return LeafKind.ProcessHandle;
        }

        if (type == typeof(Simulation))
        {
            return LeafKind.Simulation;   // the values of a state machine are gone once its process has ended: they must be written anew
        }

        if (type == typeof(Suspension))
        {
            return LeafKind.Suspension;
        }

        bool isBuilder = type == typeof(ProcessBuilder) || type == typeof(OperationBuilder) || Is(type, typeof(OperationBuilder<>));
        return Is(type, typeof(Suspension<>)) ? LeafKind.StoreSuspension : isBuilder && isFrame ? LeafKind.SelfFrame : null;
    }

    private static LeafKind NumberKind(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => LeafKind.Bool,
        TypeCode.SByte or TypeCode.Byte => LeafKind.Byte,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => LeafKind.Short,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => LeafKind.Int,
        _ => LeafKind.Long,
    };

    /// <summary>A field whose declared type can only hold something that is not understood is refused where it is declared, so that the message names it.</summary>
    private static void RefuseForeign(Type type, string path)
    {
        bool isKnown = type.IsArray || typeof(Delegate).IsAssignableFrom(type) || ConstantTypes.IsConstant(type);
        if (type.IsSealed && !isKnown && LayoutTable.IsForeign(type))
        {
            throw new NotCapturableException($"{path} cannot be part of a state: it is a {LayoutTable.Name(type)}, a type of the framework whose content is not known");
        }
    }

    /// <summary>Structs whose fields do not say what lies in them, or say it about a history that restoring does not repeat.</summary>
    private static void RefuseOpaque(Type type, string path)
    {
        bool isBuffer = type.IsDefined(typeof(InlineArrayAttribute)) || type.Name.EndsWith("e__FixedBuffer", StringComparison.Ordinal);
        if (isBuffer)
        {
            throw new NotCapturableException($"{path} cannot be part of a state: it is a buffer inside an object; use an array");
        }

        if (LayoutTable.IsForeign(type) && type.Name.EndsWith("Enumerator", StringComparison.Ordinal))
        {
            throw new NotCapturableException(
                $"{path} cannot be part of a state: it is the enumerator of a collection, kept by a foreach with a wait in its body; use an index");
        }
    }

    private static bool Is(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;

    /// <summary>The name a person gave: that of the property behind a backing field, of the local behind a hoisted one.</summary>
    internal static string Plain(string field)
    {
        int open = field.IndexOf('<', StringComparison.Ordinal);
        int close = field.IndexOf('>', StringComparison.Ordinal);
        return open == 0 && close > 1 ? field[1..close] : field;
    }
}

using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Where the fields of a type lie, asked of the runtime by a method made for the purpose, one for each type.</summary>
internal static class FieldOffsets
{
    private static readonly FieldInfo First = typeof(RawObject).GetField(nameof(RawObject.First), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>[B] Offsets of fields from the first field of an object of a class.</summary>
    internal static int[] InClass(Type type, IReadOnlyList<FieldInfo> fields)
    {
        if (fields.Count == 0)
        {
            return [];
        }

        var method = new DynamicMethod("offsets", typeof(void), [typeof(object), typeof(int[])], typeof(FieldOffsets).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        for (int i = 0; i < fields.Count; i++)
        {
            StoreDifference(il, i, fields[i], OpCodes.Ldarg_0, () =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldflda, First);
            });
        }

        return Call(il, method.CreateDelegate<Action<object, int[]>>, RuntimeHelpers.GetUninitializedObject(type), fields.Count);
    }

    /// <summary>[B] Offsets of fields from the start of a value.</summary>
    internal static int[] InValue(Type type, IReadOnlyList<FieldInfo> fields)
    {
        if (fields.Count == 0)
        {
            return [];
        }

        var method = new DynamicMethod("offsets", typeof(void), [typeof(object), typeof(int[])], typeof(FieldOffsets).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.DeclareLocal(type);
        for (int i = 0; i < fields.Count; i++)
        {
            StoreDifference(il, i, fields[i], OpCodes.Ldloca_S, () => il.Emit(OpCodes.Ldloca_S, (byte)0));
        }

        return Call(il, method.CreateDelegate<Action<object, int[]>>, null, fields.Count);
    }

    /// <summary>[B] Size of a value.</summary>
    internal static int SizeOf(Type type)
    {
        var method = new DynamicMethod("size", typeof(int), Type.EmptyTypes, typeof(FieldOffsets).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Sizeof, type);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    private static int[] Call(ILGenerator il, Func<Action<object, int[]>> create, object? sample, int count)
    {
        il.Emit(OpCodes.Ret);
        int[] offsets = new int[count];
        create()(sample!, offsets);
        return offsets;
    }

    private static void StoreDifference(ILGenerator il, int index, FieldInfo field, OpCode owner, Action loadStart)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, index);
        if (owner == OpCodes.Ldloca_S)
        {
            il.Emit(owner, (byte)0);
        }
        else
        {
            il.Emit(owner);
        }

        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        loadStart();
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Stelem_I4);
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

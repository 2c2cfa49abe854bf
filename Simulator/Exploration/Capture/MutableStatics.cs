using System.Reflection;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Static fields in which a model could keep something from step to step: nobody could restore it, so such a model is refused.</summary>
/// <remarks>
/// Looked at are all types of an assembly as soon as one of its types is met in a state, whether or not the type with the
/// field is met itself: a step can call anything. Refused are fields that can be assigned again, and readonly ones whose
/// declared type is a class of the same assembly that can change. Readonly arrays and collections of the framework pass:
/// nearly all are tables that nobody writes to, and what decides in spite of that is found by running each transition
/// twice. So do constants, what the compiler makes for itself, thread statics and fields marked
/// <see cref="NotStateAttribute"/>, whose author says that no step depends on them.
/// </remarks>
internal static class MutableStatics
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<Assembly, string> Found = [];   // a field's name, or nothing: each assembly is looked at once

    /// <summary>Refuses the assembly of a type of the model, and those of its type arguments.</summary>
    /// <exception cref="NotCapturableException">It has such a field; the message names type and field.</exception>
    internal static void Check(Type type)
    {
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Check(argument);
        }

        if (type.HasElementType)
        {
            Check(type.GetElementType()!);
            return;
        }

        if (IsModel(type.Assembly) && Found.GetValue(type.Assembly, static assembly => Find(assembly.GetTypes()) ?? "") is { Length: > 0 } field)
        {
            throw new NotCapturableException(
                $"{field} is a static field that can change: it would be part of no state. Keep it in an object of the model, or mark it [NotState] if no step depends on it");
        }
    }

    /// <summary>The first such field among some types, as <c>Type.Field</c>; null when there is none.</summary>
    internal static string? Find(IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            if (type.IsEnum || type.IsInterface || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            {
                continue;
            }

            foreach (var field in type.GetFields(BindingFlags.Static | Declared))
            {
                if (CanChange(field) && !field.IsDefined(typeof(NotStateAttribute)) && !field.IsDefined(typeof(ThreadStaticAttribute)))
                {
                    return $"{LayoutTable.Name(type)}.{LeafFinder.Plain(field.Name)}";
                }
            }
        }

        return null;
    }

    private static bool IsModel(Assembly assembly) => assembly != typeof(Simulation).Assembly && !LayoutTable.IsFramework(assembly);

    private static bool CanChange(FieldInfo field) => !field.IsLiteral && (!field.IsInitOnly || HoldsState(field.FieldType, field.DeclaringType!.Assembly));

    /// <summary>True for a class of the model with a field of its own that can be assigned again.</summary>
    private static bool HoldsState(Type type, Assembly assembly)
    {
        for (var level = type; level is not null && level.Assembly == assembly && level.IsClass; level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | Declared))
            {
                if (!field.IsInitOnly && !field.IsDefined(typeof(NotStateAttribute)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

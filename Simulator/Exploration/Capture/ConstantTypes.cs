using System.Reflection;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Types whose objects never change, all the way down, and tell by Equals whether they are the same: written as the number of the value.</summary>
internal static class ConstantTypes
{
    internal static bool IsConstant(Type type) =>
        type == typeof(string) || typeof(Type).IsAssignableFrom(type) || typeof(MethodInfo).IsAssignableFrom(type)
        || (IsRecord(type) && IsImmutable(type, []));

    /// <summary>A record whose equality is the one that the compiler made: it leaves out nothing.</summary>
    private static bool IsRecord(Type type) =>
        type.IsClass && type.GetMethod("<Clone>$") is not null
        && type.GetMethod(nameof(Equals), [type]) is { } equals && equals.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false);

    private static bool IsImmutable(Type type, HashSet<Type> above)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !above.Add(type))
        {
            return true;
        }

        if (!type.IsValueType && !(IsRecord(type) && type.IsSealed))
        {
            return false;
        }

        if (type.IsPointer || typeof(Process) == type)
        {
            return false;
        }

        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            var fields = level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            if (!fields.All(field => (field.IsInitOnly || type.IsValueType) && IsImmutable(field.FieldType, above)))
            {
                return false;
            }
        }

        return true;
    }
}

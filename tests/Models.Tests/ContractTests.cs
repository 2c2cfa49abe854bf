using System.Reflection;
using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests;

/// <summary>What a model must keep to so that its state is what can be reached from it, and nothing else.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Mechanisms =
        [.. typeof(Machine).Assembly.GetTypes().Where(t => t.IsClass && !IsCompilerMade(t) && !IsOutside(t))];

    private static bool IsCompilerMade(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.Name.StartsWith('<') || (type.DeclaringType is { } outer && IsCompilerMade(outer));

    /// <summary>Options, results and recording describe a run; they are not its state.</summary>
    private static bool IsOutside(Type type) =>
        type.Namespace is "CryptoSim.Models.Recording" or "CryptoSim.Models.Options"
        || type == typeof(Machine)
        || type.GetMethod("<Clone>$") is not null
        || type.IsSubclassOf(typeof(Attribute))
        || type.IsSubclassOf(typeof(Exception));

    private static FieldInfo[] Fields(Type type, BindingFlags kind) =>
        type.GetFields(kind | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";

    [Fact]
    public void There_are_mechanisms_to_check() => Assert.True(Mechanisms.Length > 25);

    [Fact]
    public void No_model_has_a_mutable_static() => Assert.Empty(
        typeof(Machine).Assembly.GetTypes().Where(t => !IsCompilerMade(t))
            .SelectMany(t => Fields(t, BindingFlags.Static))
            .Where(f => !f.IsLiteral && !f.IsInitOnly)
            .Select(Name));

    [Fact]
    public void State_is_made_of_own_types_numbers_and_ordered_collections() => Assert.Empty(
        Mechanisms.SelectMany(t => Fields(t, BindingFlags.Instance))
            .Where(f => !f.IsDefined(typeof(NotStateAttribute)) && !IsUnderstood(f.FieldType))
            .Select(f => $"{Name(f)}: {f.FieldType}"));

    [Fact]
    public void Meters_are_marked_as_no_state() => Assert.Empty(
        Mechanisms.SelectMany(t => Fields(t, BindingFlags.Instance))
            .Where(f => f.FieldType == typeof(Tally) || f.FieldType == typeof(TimeWeighted) || f.FieldType == typeof(LatencyHistogram) || f.FieldType == typeof(VirtualTime))
            .Where(f => !f.IsDefined(typeof(NotStateAttribute)))
            .Select(Name));

    private static bool IsUnderstood(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return IsUnderstood(inner);
        }

        if (type.IsArray)
        {
            return IsUnderstood(type.GetElementType()!);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(List<>) || open == typeof(Queue<>)))
        {
            return IsUnderstood(type.GetGenericArguments()[0]);
        }

        return type.IsPrimitive || type.IsEnum || type == typeof(string)
            || type.Assembly == typeof(Machine).Assembly || type.Assembly == typeof(Simulation).Assembly;
    }
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>One key of an options record, as its property and attributes say.</summary>
internal sealed class OptionKey
{
    private OptionKey(PropertyInfo property, Type type)
    {
        Property = property;
        Name = CaseRules.Key(property.Name);
        Type = type;
        Kind = ValueKind.Of(type);
        Required = property.IsDefined(typeof(RequiredMemberAttribute));
        Range = property.GetCustomAttribute<RangeAttribute>() is { Minimum: int low, Maximum: int high } ? (low, high) : null;
        PowerOfTwo = property.IsDefined(typeof(PowerOfTwoAttribute));
        NamesPart = property.GetCustomAttribute<NamesPartAttribute>()?.Kind;
        Origin = property.GetCustomAttribute<DefaultFromAttribute>()?.Text;
        ExploredAs = property.GetCustomAttribute<ExploredAsAttribute>()?.Value;
    }

    /// <summary>The key in snake_case.</summary>
    public string Name { get; }

    public PropertyInfo Property { get; }

    /// <summary>Type of the value; of one item for a list.</summary>
    public Type Type { get; }

    /// <summary>How a single value is read; null for nested keys.</summary>
    public ValueKind? Kind { get; }

    /// <summary>The value is a list of single values.</summary>
    public bool IsList { get; private init; }

    /// <summary>Without it the part cannot be built.</summary>
    public bool Required { get; }

    /// <summary>It may be left out, and then has no value of its own.</summary>
    public bool Nullable { get; private init; }

    /// <summary>Value when left out; null for required and nullable keys.</summary>
    public object? Default { get; private init; }

    public (int Low, int High)? Range { get; }

    public bool PowerOfTwo { get; }

    /// <summary>Options type of the part whose name the value is.</summary>
    public Type? NamesPart { get; }

    /// <summary>Where the default comes from.</summary>
    public string? Origin { get; }

    /// <summary>The value with which scenes of a driver are explored; null for the default.</summary>
    public int? ExploredAs { get; }

    /// <summary>The keys below; null for single values.</summary>
    public OptionModel? Nested => Kind is null ? OptionModel.Of(Type) : null;

    /// <summary>The key of a property; null if a scenario cannot set it.</summary>
    public static OptionKey? Of(PropertyInfo property, object defaults)
    {
        if (property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0)
        {
            return null;
        }

        Type type = property.PropertyType;
        bool isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        if (isList)
        {
            type = type.GetGenericArguments()[0];
            if (type.IsGenericType)
            {
                return null; // named parts: the sections of a machine
            }
        }

        bool required = property.IsDefined(typeof(RequiredMemberAttribute));
        object? standard = required ? null : property.GetValue(defaults);
        return new OptionKey(property, System.Nullable.GetUnderlyingType(type) ?? type)
        {
            IsList = isList,
            Nullable = !required && standard is null,
            Default = standard,
        };
    }

    /// <summary>Which values are legal, as the rest of a sentence that begins with the key.</summary>
    public string Legal()
    {
        string noun = PowerOfTwo ? "a power of two"
            : NamesPart is { } kind ? $"the name of {Section.PartsOf(kind)}"
            : Kind?.Noun ?? "keys with values";
        return Range is not { } range ? noun
            : range.High == int.MaxValue ? $"{noun}, at least {Grouped(range.Low)}"
            : $"{noun} from {Grouped(range.Low)} to {Grouped(range.High)}";
    }

    private static string Grouped(int number) =>
        number < 10_000 ? number.ToString(CultureInfo.InvariantCulture) : number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '_');
}

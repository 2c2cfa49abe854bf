using System.Diagnostics.CodeAnalysis;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>A type of single values: how it is read, printed and described.</summary>
internal abstract class ValueKind
{
    /// <summary>What a user calls it: <c>a duration</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>A value that is one.</summary>
    public abstract string Example { get; }

    /// <summary>JSON Schema keywords, without braces; doc text for the format page is <see cref="Noun"/>.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, object>> Schema { get; }

    /// <summary>Reads the text of a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, if the result is true.</param>
    /// <param name="problem">The rest of a sentence that begins with the text, if the result is false.</param>
    public abstract bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem);

    /// <summary>The text that <see cref="TryRead"/> reads.</summary>
    public abstract string Print(object value);

    /// <summary>The kind of a property's type; null if it is not a single value.</summary>
    public static ValueKind? Of(Type type)
    {
        if (type.IsEnum)
        {
            return new EnumKind(type);
        }

        return type == typeof(int) ? CountKind.Int
            : type == typeof(ulong) ? CountKind.ULong
            : type == typeof(decimal) ? new DecimalKind()
            : type == typeof(bool) ? new BoolKind()
            : type == typeof(string) ? new TextKind()
            : type == typeof(Duration) ? Quantities.Duration
            : type == typeof(DataSize) ? Quantities.DataSize
            : type == typeof(Bandwidth) ? Quantities.Bandwidth
            : type == typeof(DurationDistribution) ? Quantities.Distribution
            : type == typeof(BlockSizeSplit) ? Quantities.Split
            : null;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>An options record as a scenario sees it: its word and its keys. The binder, the writer, the schema and the format page all read this.</summary>
internal sealed class OptionModel
{
    private static readonly ConcurrentDictionary<Type, OptionModel> Known = new();

    private OptionModel(Type type)
    {
        Type = type;
        Word = type.GetCustomAttribute<ModelAttribute>()?.Name;
        object defaults = Create();
        Keys = [.. Properties(type).Select(p => OptionKey.Of(p, defaults)).OfType<OptionKey>()];
    }

    public Type Type { get; }

    /// <summary>What <c>model:</c> says to select it; null for nested records.</summary>
    public string? Word { get; }

    /// <summary>In the order in which they are declared.</summary>
    public IReadOnlyList<OptionKey> Keys { get; }

    public static OptionModel Of(Type type) => Known.GetOrAdd(type, t => new OptionModel(t));

    public bool TryFind(string key, [NotNullWhen(true)] out OptionKey? found)
    {
        found = Keys.FirstOrDefault(k => k.Name == key);
        return found is not null;
    }

    /// <summary>A record with every default; required properties are still unset.</summary>
    public object Create() => Activator.CreateInstance(Type)!;

    /// <summary>Those of the base first, each in the order of declaration.</summary>
    private static PropertyInfo[] Properties(Type type)
    {
        PropertyInfo[] properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        Array.Sort(properties, (left, right) =>
        {
            int order = Inheritance(left.DeclaringType!) - Inheritance(right.DeclaringType!);
            return order != 0 ? order : left.MetadataToken - right.MetadataToken;
        });
        return properties;
    }

    private static int Inheritance(Type type) => type.BaseType is { } parent ? Inheritance(parent) + 1 : 0;
}

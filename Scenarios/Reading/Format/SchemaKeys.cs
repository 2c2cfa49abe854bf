using System.Text.Json.Nodes;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading.Format;

/// <summary>The schema of an options record and of its keys.</summary>
internal static class SchemaKeys
{
    /// <summary>An object with the keys of a record and no others.</summary>
    public static JsonObject Record(OptionModel model)
    {
        JsonObject properties = [];
        foreach (OptionKey key in model.Keys)
        {
            properties[key.Name] = Key(key);
        }

        JsonObject schema = new()
        {
            ["type"] = "object",
            ["description"] = XmlDocumentation.Of(model.Type),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        string[] required = [.. model.Keys.Where(k => k.Required).Select(k => k.Name)];
        if (required.Length > 0)
        {
            schema["required"] = Array(required);
        }

        return schema;
    }

    public static JsonArray Array(IEnumerable<string> words) => [.. words.Select(w => (JsonNode)w)];

    private static JsonObject Key(OptionKey key)
    {
        JsonObject schema = key.Nested is { } nested ? Record(nested) : Value(key);
        if (key.IsList)
        {
            schema = new JsonObject { ["type"] = "array", ["items"] = schema };
        }

        if (key.Nullable)
        {
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        }

        schema["description"] = Description(key);
        if (key.Default is { } value && key.Kind is not null && !key.IsList && key.Kind is not TextKind)
        {
            schema["default"] = Default(key.Kind, value);
        }

        return schema;
    }

    private static JsonObject Value(OptionKey key)
    {
        JsonObject schema = [];
        foreach ((string keyword, object value) in key.Kind!.Schema)
        {
            schema[keyword] = value is string text ? text : Array((string[])value);
        }

        if (key.PowerOfTwo && key.Range is { } powers)
        {
            schema.Clear();
            schema["enum"] = new JsonArray([.. Enumerable.Range(0, 31).Select(i => 1 << i).Where(n => n >= powers.Low && n <= powers.High).Select(n => (JsonNode)n)]);
        }
        else if (key.Range is { } range)
        {
            schema["minimum"] = range.Low;
            schema["maximum"] = range.High;
        }

        if (key.Property.DeclaringType == typeof(ScenarioHeader) && key.Name == "scenario")
        {
            schema["pattern"] = NameRules.NamePattern;
        }

        return schema;
    }

    private static string Description(OptionKey key)
    {
        string summary = XmlDocumentation.Of(key.Property);
        return key.Origin is { } origin ? $"{summary} Default: {origin}." : summary;
    }

    private static JsonNode Default(ValueKind kind, object value) => value switch
    {
        int number => number,
        ulong number => number,
        decimal number => number,
        bool flag => flag,
        _ => kind.Print(value),
    };
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary><c>true</c> or <c>false</c>, and no other word.</summary>
internal sealed class BoolKind : ValueKind
{
    public override string Noun => "true or false";

    public override string Example => "true";

    public override IReadOnlyList<KeyValuePair<string, object>> Schema => [new("type", "boolean")];

    public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = text == "true" ? true : text == "false" ? false : null;
        problem = value is not null ? null : text.ToUpperInvariant() switch
        {
            "ON" or "YES" or "Y" or "TRUE" or "1" => "is not true or false; did you mean 'true'?",
            "OFF" or "NO" or "N" or "FALSE" or "0" => "is not true or false; did you mean 'false'?",
            _ => "is not true or false",
        };
        return value is not null;
    }

    public override string Print(object value) => (bool)value ? "true" : "false";
}

/// <summary>Any text.</summary>
internal sealed class TextKind : ValueKind
{
    public override string Noun => "a text";

    public override string Example => "jr0";

    public override IReadOnlyList<KeyValuePair<string, object>> Schema => [new("type", "string")];

    public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (text, null);
        return true;
    }

    public override string Print(object value) => (string)value;
}

/// <summary>One word of several: a policy.</summary>
internal sealed class EnumKind(Type type) : ValueKind
{
    private readonly string[] _words = [.. Enum.GetNames(type).Select(name => WordOf(type, name))];

    /// <summary>The enum.</summary>
    public Type Type => type;

    /// <summary>Its words in the order of declaration.</summary>
    public IReadOnlyList<string> Words => _words;

    public override string Noun => "one of " + string.Join(", ", _words);

    public override string Example => _words[0];

    public override IReadOnlyList<KeyValuePair<string, object>> Schema => [new("enum", _words)];

    public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
    {
        int index = Array.IndexOf(_words, text);
        value = index < 0 ? null : Enum.Parse(type, Enum.GetNames(type)[index]);
        problem = index < 0 ? $"is not one of {string.Join(", ", _words)}" + Meant(text) : null;
        return index >= 0;
    }

    public override string Print(object value) => WordOf(type, value.ToString()!);

    private static string WordOf(Type type, string name) => type.GetField(name)?.GetCustomAttribute<WordAttribute>()?.Word ?? CaseRules.Value(name);

    private string Meant(string text) => Nearest.Find(text, _words) is { } near ? $"; did you mean '{near}'?" : "";
}

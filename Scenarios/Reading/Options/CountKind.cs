using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>A whole number without unit: <c>64</c>, <c>10_000</c>.</summary>
internal sealed class CountKind : ValueKind
{
    private static readonly string[] IntegerOrText = ["integer", "string"];
    private readonly bool _isInt;

    private CountKind(bool isInt) => _isInt = isInt;

    public static CountKind Int { get; } = new(isInt: true);

    public static CountKind ULong { get; } = new(isInt: false);

    public override string Noun => "a count";

    public override string Example => "4";

    public override IReadOnlyList<KeyValuePair<string, object>> Schema =>
        [new("type", IntegerOrText), new("pattern", "^[0-9]+(_[0-9]+)*$")];

    public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        problem = Misspelling(text);
        if (problem is not null)
        {
            return false;
        }

        string digits = text.Replace("_", "", StringComparison.Ordinal);
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            problem = "is too large";
            return false;
        }

        // Beyond an int, the range of the key says what is wrong.
        value = _isInt ? (int)Math.Min(number, int.MaxValue) : number;
        return true;
    }

    public override string Print(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);

    private static string? Misspelling(string text)
    {
        if (text.StartsWith('-'))
        {
            return "is negative";
        }

        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '_'))
        {
            digits++;
        }

        if (digits == 0 || text[0] == '_' || text[digits - 1] == '_')
        {
            return "is not a whole number";
        }

        string rest = text[digits..];
        if (rest.Length == 0)
        {
            return null;
        }

        return rest.TrimStart().All(char.IsAsciiLetter) && !rest.StartsWith('x') ? $"has the unit '{rest.Trim()}'; a count has none" : "is not a whole number";
    }
}

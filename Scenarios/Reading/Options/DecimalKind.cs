using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>A number without unit that need not be whole: <c>1.2</c>.</summary>
internal sealed class DecimalKind : ValueKind
{
    private static readonly string[] NumberOrText = ["number", "string"];

    public override string Noun => "a number, at least 0";

    public override string Example => "1.0";

    public override IReadOnlyList<KeyValuePair<string, object>> Schema =>
        [new("type", NumberOrText), new("pattern", "^[0-9]+(\\.[0-9]+)?$")];

    public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
    {
        bool isThere = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number);
        problem = !isThere ? "is not a number such as 1.2" : number < 0 ? "is negative" : null;
        value = problem is null ? number : null;
        return value is not null;
    }

    public override string Print(object value) => ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);
}

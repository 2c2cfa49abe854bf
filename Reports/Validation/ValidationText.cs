using System.Globalization;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Validation;

/// <summary>The words and numbers of a validated row, alike in the terminal and on the page.</summary>
public static class ValidationText
{
    /// <summary><c>fit</c>, <c>predict</c>, ...</summary>
    public static string Kind(PublishedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return RowReader.Word(row.Kind);
    }

    /// <summary>What is simulated: the variant and the settings, or the claim.</summary>
    public static string What(PublishedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string what = row.Kind == RowKind.Qualitative ? row.Metric : row.Variant;
        return row.Set.Count == 0 ? what : $"{what} with {string.Join(" ", row.Set)}";
    }

    /// <summary>A value in the unit of its row: <c>331.8 MiB/s</c>; empty if there is none.</summary>
    public static string Value(double? value, string unit) => value is { } number ? (Number(number) + " " + unit).TrimEnd() : "";

    /// <summary><c>+0.5 %</c>; empty if there is none.</summary>
    public static string Error(double? percent) => percent is { } number ? Math.Round(number, 1, MidpointRounding.AwayFromZero).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : "";

    /// <summary><c>10 %</c>; empty if nothing is allowed.</summary>
    public static string Allowed(double? percent) => percent is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) + " %" : "";

    /// <summary>What came of a row.</summary>
    public static string Verdict(ValidatedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.Pass, row.Row.Kind) switch
        {
            (null, _) => "a prediction",
            (true, RowKind.Qualitative) => "holds",
            (true, _) => "met",
            (false, RowKind.Qualitative) => "BROKEN",
            _ => "NOT met",
        };
    }

    /// <summary>Four significant digits, and no fewer before the point.</summary>
    private static string Number(double number)
    {
        double size = Math.Abs(number);
        string pattern = size switch { >= 1000 => "#,0", >= 100 => "0.0", >= 10 => "0.00", _ => "0.000" };
        return size is > 0 and < 0.001 ? ValueText.Digits(number) : number.ToString(pattern, CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Mixed I/O sizes with their shares, as fio's bssplit: <c>4KiB/60:64KiB/40</c>.</summary>
/// <param name="Parts">Size and share [percent]; the shares sum to 100.</param>
public sealed record BlockSizeSplit(IReadOnlyList<(DataSize Size, int Percent)> Parts)
{
    /// <summary>Reads <c>SIZE/PERCENT:SIZE/PERCENT</c>.</summary>
    /// <param name="text">The text of the value.</param>
    /// <param name="split">The value, if the result is true.</param>
    /// <param name="error">Why it is not a split, as the rest of a sentence, if the result is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out BlockSizeSplit? split, [NotNullWhen(false)] out string? error)
    {
        split = null;
        List<(DataSize, int)> parts = [];
        foreach (string part in text.Split(':'))
        {
            if (!TryParsePart(part, out DataSize size, out int percent, out error))
            {
                return false;
            }

            parts.Add((size, percent));
        }

        int sum = parts.Sum(p => p.Item2);
        if (sum != 100)
        {
            error = $"has shares that sum to {sum.ToString(CultureInfo.InvariantCulture)} percent, not 100";
            return false;
        }

        split = new BlockSizeSplit(parts);
        error = null;
        return true;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public string ToExactString() =>
        string.Join(':', Parts.Select(p => p.Size.ToExactString() + "/" + p.Percent.ToString(CultureInfo.InvariantCulture)));

    private static bool TryParsePart(string part, out DataSize size, out int percent, [NotNullWhen(false)] out string? error)
    {
        size = default;
        percent = 0;
        int slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            error = $"is not a split of sizes; '{part}' lacks its share, such as {part}/50";
            return false;
        }

        if (!DataSize.TryParse(part[..slash], out size, out error))
        {
            error = $"is not a split of sizes; '{part[..slash]}' {error}";
            return false;
        }

        if (!int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out percent) || percent is < 1 or > 100)
        {
            error = $"is not a split of sizes; '{part[(slash + 1)..]}' is not a share of 1 to 100 percent";
            return false;
        }

        return true;
    }
}

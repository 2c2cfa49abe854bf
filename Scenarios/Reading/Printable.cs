using System.Globalization;
using System.Text;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Text of a user inside a message: one line, of bounded length, without control characters.</summary>
internal static class Printable
{
    private const int Longest = 60;

    /// <summary>In quotes, shortened.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    /// <summary>Shortened.</summary>
    public static string Shorten(string text) => text.Length > Longest ? text[..Longest] + "..." : text;

    /// <summary>With control characters spelled out.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        StringBuilder line = new();
        foreach (char c in text)
        {
            line.Append(IsHidden(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c);
        }

        return line.ToString();
    }

    private static bool IsHidden(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

using System.Globalization;
using System.Text;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Words and texts of a schedule file: bare where nothing in them could be misread, otherwise in double quotes with <c>\"</c>, <c>\\</c> and <c>\u000A</c>.</summary>
internal static class ScheduleWords
{
    /// <summary>A name among others: bare if it holds no blank, star, quote or sign of its own meaning.</summary>
    public static string Word(string name) => name.Length > 0 && !name.Any(c => c is ' ' or '*' or '"' or '\\' || IsHidden(c)) && name[0] != '#' ? name : Quoted(name);

    /// <summary>The rest of a line: bare if reading it back gives the same.</summary>
    public static string Text(string text) => text.Length > 0 && text[0] is not (' ' or '"') && text[^1] != ' ' && !text.Any(IsHidden) ? text : Quoted(text);

    /// <summary>True for what must not stand in a line as it is.</summary>
    private static bool IsHidden(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (IsHidden(c))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                quoted.Append(c is '"' or '\\' ? "\\" : "").Append(c);
            }
        }

        return quoted.Append('"').ToString();
    }
}

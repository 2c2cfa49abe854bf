using System.Globalization;
using System.Text;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Scalars as YAML text that reads back the same, in block and in flow style.</summary>
internal static class YamlText
{
    public static string Scalar(string text) => IsPlain(text) ? text : Quote(text);

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '_' or '.' or '('))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool ends = i + 1 == text.Length;
            bool safe = char.IsAsciiLetterOrDigit(c)
                || c is '/' or '_' or '.' or '-' or '(' or ')' or '=' or '<' or '>' or '*' or ';' or '+'
                || (c == ':' && !ends && char.IsAsciiLetterOrDigit(text[i + 1]))
                || (c == ' ' && !ends && text[i + 1] is not ('#' or ' '))
                || (c == '#' && i > 0 && text[i - 1] != ' ');
            if (!safe)
            {
                return false;
            }
        }

        return text is not ("." or ".." or "...");
    }

    private static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\ufeff' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}

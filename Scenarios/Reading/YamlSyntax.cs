namespace CryptoSim.Scenarios.Reading;

/// <summary>What a user reads when a text is not YAML.</summary>
internal static class YamlSyntax
{
    /// <summary>The parser's complaint in words that say what to do.</summary>
    public static string Explain(string complaint)
    {
        (string Part, string Words)[] known =
        [
            ("found invalid mapping", "': ' inside a value, or a key that is indented more than the one above it; quote the value or fix the indentation"),
            ("found unexpected end of stream", "the quote that opens here is not closed"),
            ("cannot start any token", "this character cannot begin a value; quote the value"),
            ("<document end>", "this line is not indented like the lines it belongs to"),
            ("<document start>", "a line that is neither 'key: value' nor a list item"),
            ("expected key", "this line is not indented like the keys it belongs to, or is not 'key: value'"),
            ("expected '-' indicator", "this line is not indented like the list it belongs to, or lacks its '- '"),
            ("tab", "a tab in the indentation; YAML indents with blanks"),
        ];
        foreach ((string part, string words) in known)
        {
            if (complaint.Contains(part, StringComparison.Ordinal))
            {
                return words;
            }
        }

        return complaint.Length == 0 ? "is not YAML from here on" : $"is not YAML: {Printable.Shorten(complaint.TrimEnd('.'))}";
    }

    /// <summary>Reports every line that a tab indents; the parser would stop at the first, with other words.</summary>
    public static void FindTabs(string text, Mark file, ErrorList errors)
    {
        int line = 0;
        int next;
        for (int start = 0; start < text.Length; start = next)
        {
            line++;
            int end = text.AsSpan(start).IndexOfAny('\n', '\r');
            ReadOnlySpan<char> content = end < 0 ? text.AsSpan(start) : text.AsSpan(start, end);
            next = start + content.Length + (text.AsSpan(start + content.Length).StartsWith("\r\n") ? 2 : 1);
            ReadOnlySpan<char> rest = content.TrimStart(" \t");
            ReadOnlySpan<char> indentation = content[..^rest.Length];
            int tab = indentation.IndexOf('\t');
            if (tab >= 0 && rest.Length > 0 && rest[0] != '#')
            {
                errors.Add(file with { Line = line, Column = tab + 1 }, "a tab indents this line; YAML indents with blanks");
            }
        }
    }

    /// <summary>The comment on top of a text without its marks and without the line for editors.</summary>
    public static string Story(string text)
    {
        List<string> story = [];
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.Trim();
            if (!trimmed.StartsWith('#'))
            {
                if (trimmed.Length > 0 || story.Count > 0)
                {
                    break;
                }
            }
            else if (!trimmed.Contains("yaml-language-server", StringComparison.Ordinal))
            {
                story.Add(trimmed.TrimStart('#').TrimEnd() is ['\u0020', .. string words] ? words : trimmed.TrimStart('#'));
            }
        }

        return string.Join('\n', story).Trim('\n');
    }
}

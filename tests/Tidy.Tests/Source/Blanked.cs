namespace CryptoSim.Tidy.Tests;

/// <summary>C# text in which comments, strings and characters are blanks, so that braces and words mean what they look like. Lines and columns stay.</summary>
internal static class Blanked
{
    public static string Of(string source)
    {
        char[] text = source.ToCharArray();
        int at = 0;
        while (at < text.Length)
        {
            at = Step(text, at);
        }

        return new string(text);
    }

    private static int Step(char[] text, int at)
    {
        if (Starts(text, at, "//"))
        {
            return Blank(text, at, IndexOf(text, at, "\n"));
        }

        if (Starts(text, at, "/*"))
        {
            return Blank(text, at, IndexOf(text, at + 2, "*/") + 2);
        }

        if (text[at] == '\'')
        {
            return Blank(text, at, Closing(text, at + 1, '\''));
        }

        int quotes = at;
        while (quotes < text.Length && text[quotes] is '$' or '@')
        {
            quotes++;
        }

        return quotes < text.Length && text[quotes] == '"' ? String(text, at, quotes) : at + 1;
    }

    /// <summary>Blanks a string that begins at <paramref name="at"/> with its prefix and has its first quote at <paramref name="quote"/>.</summary>
    private static int String(char[] text, int at, int quote)
    {
        if (Starts(text, quote, "\"\"\""))
        {
            int end = quote;
            while (end < text.Length && text[end] == '"')
            {
                end++;
            }

            string fence = new('"', end - quote);
            return Blank(text, at, IndexOf(text, end, fence) + fence.Length);
        }

        bool verbatim = text.AsSpan(at, quote - at).Contains('@');
        bool holes = text.AsSpan(at, quote - at).Contains('$');
        int i = quote + 1;
        for (int depth = 0; i < text.Length; i++)
        {
            if (depth == 0 && text[i] == '\\' && !verbatim)
            {
                i++;
            }
            else if (holes && text[i] is '{' or '}')
            {
                bool doubled = depth == 0 && i + 1 < text.Length && text[i + 1] == text[i];
                depth += doubled || !holes ? 0 : text[i] == '{' ? 1 : -1;
                i += doubled ? 1 : 0;
            }
            else if (depth > 0 && text[i] == '"')
            {
                i = Closing(text, i + 1, '"') - 1;
            }
            else if (text[i] == '"' && verbatim && i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                break;
            }
        }

        return Blank(text, at, i + 1);
    }

    private static int Closing(char[] text, int at, char mark)
    {
        while (at < text.Length && text[at] != mark)
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return at + 1;
    }

    private static bool Starts(char[] text, int at, string what) => text.AsSpan(at).StartsWith(what);

    private static int IndexOf(char[] text, int at, string what)
    {
        int found = text.AsSpan(Math.Min(at, text.Length)).IndexOf(what);
        return found < 0 ? text.Length : at + found;
    }

    private static int Blank(char[] text, int from, int to)
    {
        int end = Math.Clamp(to, from + 1, text.Length);
        for (int i = from; i < end; i++)
        {
            text[i] = text[i] == '\n' ? '\n' : ' ';
        }

        return end;
    }
}

namespace CryptoSim.Scenarios.Claims;

/// <summary>What a piece of a claim is.</summary>
internal enum ClaimTokenKind
{
    Number,
    Name,
    Comparison,
    Times,
    Range,
    Unknown,
    End,
}

/// <summary>A piece of a claim.</summary>
internal sealed record ClaimToken(ClaimTokenKind Kind, string Text, int Offset);

/// <summary>Splits the text of a claim into pieces.</summary>
internal static class ClaimTokens
{
    /// <summary>The pieces of a text, the last of them its end.</summary>
    /// <param name="text">The claim.</param>
    /// <param name="variants">Names a metric may begin with, even where they begin with a digit.</param>
    public static List<ClaimToken> Split(string text, IReadOnlyList<string> variants)
    {
        List<ClaimToken> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            ClaimToken token = Next(text, at, variants.Any(v => text.AsSpan(at).StartsWith(v + ".")));
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new ClaimToken(ClaimTokenKind.End, "", text.Length));
        return tokens;
    }

    private static ClaimToken Next(string text, int at, bool isVariant)
    {
        char c = text[at];
        if (char.IsAsciiDigit(c) && !isVariant)
        {
            return Take(ClaimTokenKind.Number, text, at, i => IsNumber(text, i));
        }

        if (char.IsAsciiLetter(c) || isVariant)
        {
            ClaimToken name = Take(ClaimTokenKind.Name, text, at, i => IsName(text[i]));
            return name.Text == "in" ? name with { Kind = ClaimTokenKind.Comparison } : name;
        }

        if (c is '<' or '>' or '=' or '!' or '~' or '≤' or '≥')
        {
            return Take(ClaimTokenKind.Comparison, text, at, i => text[i] is '<' or '>' or '=' or '!' or '~' or '≤' or '≥');
        }

        if (c == '*')
        {
            return new ClaimToken(ClaimTokenKind.Times, "*", at);
        }

        bool range = c == '.' && at + 1 < text.Length && text[at + 1] == '.';
        return range ? new ClaimToken(ClaimTokenKind.Range, "..", at) : Take(ClaimTokenKind.Unknown, text, at, i => text[i] != ' ');
    }

    private static ClaimToken Take(ClaimTokenKind kind, string text, int at, Func<int, bool> belongs)
    {
        int end = at + 1;
        while (end < text.Length && belongs(end))
        {
            end++;
        }

        return new ClaimToken(kind, text[at..end], at);
    }

    // A number goes on over its unit, and stops before the two dots of a range.
    private static bool IsNumber(string text, int i) =>
        char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '/' or '%'
        || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]));

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '#';
}

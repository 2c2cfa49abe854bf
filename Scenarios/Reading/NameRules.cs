namespace CryptoSim.Scenarios.Reading;

/// <summary>Which names scenarios, variants and parts may have.</summary>
internal static class NameRules
{
    public const string NamePattern = "^[a-z0-9]+([.-][a-z0-9]+)*$";
    public const string PartPattern = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$";
    private const int Longest = 64;

    /// <summary>Why a scenario or variant cannot have this name; null if it can.</summary>
    public static string? ProblemOfName(string name) => IsName(name, '.') ? null
        : $"{Printable.Quote(name)} is not a name: write small letters and digits, separated by '-' or '.', {Longest} at most";

    /// <summary>Why a part cannot have this name; null if it can.</summary>
    public static string? ProblemOfPart(string name)
    {
        if (ReservedWords.Contains(name, StringComparer.Ordinal))
        {
            return $"'{name}' cannot name a part: the word has a meaning of its own";
        }

        return IsName(name, '_') && char.IsAsciiLetter(name[0]) ? null : $"{Printable.Quote(name)} is not a name: write small letters and digits, separated by '-' or '_', a letter first, {Longest} at most";
    }

    private static string[] ReservedWords { get; } =
        ["scenario", "about", "source", "kernel", "seed", "replicate", "warmup", "time_limit", "hardware", "stack", "workload", "gallery", "sweep", "variants", "timing", "expect",
            "explore", "report", "every", "between", "model", "crypto"];

    private static bool IsName(string name, char separator)
    {
        bool wasSeparator = true;
        foreach (char c in name)
        {
            bool isSeparator = c == separator || c == '-';
            if (isSeparator ? wasSeparator : !char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c))
            {
                return false;
            }

            wasSeparator = isSeparator;
        }

        return !wasSeparator && name.Length <= Longest;
    }
}

namespace CryptoSim.Scenarios.Reading;

/// <summary>Which names scenarios, variants and parts may have.</summary>
internal static class NameRules
{
    public const string NamePattern = "^[a-z][a-z0-9]*([.-][a-z0-9]+)*$";
    public const string PartPattern = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$";
    private const int Longest = 64;

    /// <summary>Why a scenario or variant cannot have this name; null if it can.</summary>
    public static string? ProblemOfName(string name) =>
        Problem(name, '.', '-') is null ? null : $"{Printable.Quote(name)} is not a name: write small letters and digits, separated by '-' or '.', a letter first, {Longest} at most";

    /// <summary>Why a part cannot have this name; null if it can.</summary>
    public static string? ProblemOfPart(string name)
    {
        if (ReservedWords.Contains(name, StringComparer.Ordinal))
        {
            return $"'{name}' cannot name a part: the word has a meaning of its own";
        }

        return Problem(name, '_', '-') is null ? null : $"{Printable.Quote(name)} is not a name: write small letters and digits, separated by '-' or '_', a letter first, {Longest} at most";
    }

    private static string[] ReservedWords { get; } =
        ["scenario", "about", "source", "seed", "replicate", "warmup", "time_limit", "hardware", "stack", "workload", "sweep", "variants", "expect",
            "explore", "report", "every", "between", "model", "crypto"];

    private static string? Problem(string name, char separator, char other)
    {
        if (name.Length is 0 or > Longest || name[0] is < 'a' or > 'z')
        {
            return name;
        }

        for (int i = 1; i < name.Length; i++)
        {
            bool letter = name[i] is >= 'a' and <= 'z' or >= '0' and <= '9';
            bool between = (name[i] == separator || name[i] == other) && i + 1 < name.Length && name[i + 1] != separator && name[i + 1] != other;
            if (!letter && !between)
            {
                return name;
            }
        }

        return null;
    }
}

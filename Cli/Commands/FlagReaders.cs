using System.CommandLine.Parsing;
using System.Globalization;
using CryptoSim.Simulator;

namespace CryptoSim.Cli.Commands;

/// <summary>Reads the values of flags; what is wrong with one is told in one line that says how to write it.</summary>
internal static class FlagReaders
{
    /// <summary>A whole number; <c>_</c> may group its digits.</summary>
    public static Func<ArgumentResult, long?> Count(string flag, string what, long low, long high) => result =>
    {
        string text = result.Tokens[0].Value;
        if (long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count >= low && count <= high)
        {
            return count;
        }

        string range = high == long.MaxValue ? $"{low} or more" : string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}");
        result.AddError($"{flag} {text}: not {what}; write a whole number, {range}");
        return null;
    };

    /// <summary>A size such as <c>512MiB</c>.</summary>
    public static Func<ArgumentResult, DataSize?> Size(string flag) => result =>
    {
        string text = result.Tokens[0].Value;
        if (DataSize.TryParse(text, out DataSize size, out string? problem))
        {
            return size;
        }

        result.AddError($"{flag} {text}: {problem}");
        return null;
    };

    /// <summary>A duration such as <c>30s</c>, above zero.</summary>
    public static Func<ArgumentResult, TimeSpan?> Time(string flag) => result =>
    {
        string text = result.Tokens[0].Value;
        if (!Duration.TryParse(text, out Duration duration, out string? problem))
        {
            result.AddError($"{flag} {text}: {problem}");
            return null;
        }

        if (duration == Duration.Zero)
        {
            result.AddError($"{flag} {text}: is zero; nothing would be explored");
            return null;
        }

        return TimeSpan.FromTicks(Math.Max(1, duration.Picoseconds / 100_000));
    };

    /// <summary>One word of an enum, in kebab-case.</summary>
    public static Func<ArgumentResult, T?> Word<T>(string flag)
        where T : struct, Enum => result =>
    {
        string text = result.Tokens[0].Value;
        string[] words = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
        int at = Array.IndexOf(words, text);
        if (at >= 0)
        {
            return Enum.GetValues<T>()[at];
        }

        string meant = Nearest.To(text, words) is { } near ? $"; did you mean '{near}'?" : "";
        result.AddError($"{flag} {text}: not one of {string.Join(", ", words)}{meant}");
        return null;
    };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator;

namespace CryptoSim.Cli.Commands;

/// <summary>Reads lists and measures of <c>plan</c>; what is wrong with one is told in one line that says how to write it.</summary>
internal static class PlanReaders
{
    /// <summary>An option that takes one word, however many values that holds.</summary>
    public static Option<T?> New<T>(string flag, string help, string description, Func<ArgumentResult, T?> reader) =>
        new(flag) { HelpName = help, Description = description, CustomParser = reader, Arity = ArgumentArity.ExactlyOne };

    /// <summary>Whole numbers, separated by commas: ascending and each once, however they are given.</summary>
    public static Func<ArgumentResult, IReadOnlyList<int>?> Counts(string flag, string what, int high, string example, string unit = "") => result =>
    {
        string text = result.Tokens[0].Value;
        SortedSet<int> counts = [];
        foreach (string part in text.Split(','))
        {
            string number = part.Trim().Replace("_", "", StringComparison.Ordinal);
            number = unit.Length > 0 && number.EndsWith(unit, StringComparison.Ordinal) ? number[..^unit.Length].TrimEnd() : number;
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1 || count > high)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{flag} {text}: '{part.Trim()}' is not {what}; write whole numbers from 1 to {high}, separated by commas: {example}"));
                return null;
            }

            counts.Add(count);
        }

        return [.. counts];
    };

    /// <summary>Designs, separated by commas, in the order in which they are given.</summary>
    public static IReadOnlyList<string>? Designs(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] words = [.. text.Split(',').Select(word => word.Trim()).Distinct()];
        if (Array.Find(words, word => !KeyslotDesigns.Words.Contains(word)) is not { } wrong)
        {
            return words;
        }

        string meant = Nearest.To(wrong, KeyslotDesigns.Words) is { } near ? $"; did you mean '{near}'?" : $"; there are {string.Join(", ", KeyslotDesigns.Words)}";
        result.AddError($"--designs {text}: there is no design '{wrong}'{meant}");
        return null;
    }

    /// <summary>A percentage, which may have decimals, as a share.</summary>
    public static Func<ArgumentResult, double?> Percentage(string flag) => result =>
    {
        string text = result.Tokens[0].Value;
        string number = text.EndsWith('%') ? text[..^1].TrimEnd() : text;
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100)
        {
            return percent / 100;
        }

        result.AddError($"{flag} {text}: not a percentage above 0 and up to 100; write for example 1% or 0.5%");
        return null;
    };

    /// <summary>A decimal number from 0 to 10.</summary>
    public static decimal? Exponent(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal exponent) && exponent <= 10)
        {
            return exponent;
        }

        result.AddError($"--zipf {text}: not an exponent; write a number from 0 (every file alike) to 10, for example 1.0");
        return null;
    }

    /// <summary>A virtual time of at most 100 seconds.</summary>
    /// <param name="flag">The option.</param>
    /// <param name="least">What it is at least.</param>
    public static Func<ArgumentResult, Duration?> Time(string flag, Duration least) => result =>
    {
        string text = result.Tokens[0].Value;
        if (!Duration.TryParse(text, out Duration time, out string? problem))
        {
            result.AddError($"{flag} {text}: {problem}");
            return null;
        }

        if (time < least || time > Duration.FromSeconds(100))
        {
            result.AddError($"{flag} {text}: is not between {least.ToExactString()} and 100s");
            return null;
        }

        return time;
    };

    /// <summary>A duration, or a law of durations.</summary>
    public static DurationDistribution? Law(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!DurationDistribution.TryParse(text, out DurationDistribution? law, out string? problem))
        {
            result.AddError($"--latency {text}: {problem}");
            return null;
        }

        if (law.Mean <= Duration.Zero || law.Mean > Duration.FromSeconds(1))
        {
            result.AddError($"--latency {text}: its mean is not above 0 and at most 1s");
            return null;
        }

        return law;
    }

    /// <summary>The size of an I/O: whole data units of 4 KiB.</summary>
    public static DataSize? BlockSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!DataSize.TryParse(text, out DataSize size, out string? problem))
        {
            result.AddError($"--bs {text}: {problem}");
            return null;
        }

        if (size.Bytes is <= 0 or > 1 << 20 || size.Bytes % 4096 != 0)
        {
            result.AddError($"--bs {text}: is not a multiple of 4KiB up to 1MiB");
            return null;
        }

        return size;
    }
}

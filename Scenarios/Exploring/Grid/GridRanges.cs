using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Which configurations of the ring law are explored: every combination of the four ranges.</summary>
public sealed record GridRanges
{
    /// <summary>Most configurations of one grid.</summary>
    public const int MostConfigurations = 20_000;

    private const int Highest = 64;

    /// <summary>W, conversions.</summary>
    public GridRange Contexts { get; init; } = new(1, 4);

    /// <summary>R, requests of each.</summary>
    public GridRange Requests { get; init; } = new(1, 4);

    /// <summary>D, usable entries of the ring.</summary>
    public GridRange Depth { get; init; } = new(1, 4);

    /// <summary>E, engines.</summary>
    public GridRange Engines { get; init; } = new(1, 3);

    /// <summary>Configurations.</summary>
    public int Count => Contexts.Count * Requests.Count * Depth.Count * Engines.Count;

    /// <summary>Reads ranges such as <c>contexts=1..3</c> or <c>engines=2</c>; one text may hold several, separated by blanks.</summary>
    /// <param name="texts">The texts; what they do not name keeps its default.</param>
    /// <param name="ranges">The ranges, if the result is true.</param>
    /// <param name="problem">A sentence, if the result is false.</param>
    public static bool TryParse(IReadOnlyList<string> texts, out GridRanges ranges, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ranges = new GridRanges();
        problem = null;
        foreach (string text in texts.SelectMany(t => t.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            string name = text.Split('=')[0];
            if (!GridRange.TryParse(text[Math.Min(text.Length, name.Length + 1)..], Highest, out GridRange? range))
            {
                problem = $"{text}: not a range; write NAME=LOW..HIGH with numbers from 1 to {Highest}, for example contexts=1..4";
                return false;
            }

            if (ranges.With(name, range) is not { } with)
            {
                problem = $"{text}: there is no range '{name}'; the ranges are contexts, requests, depth, engines";
                return false;
            }

            ranges = with;
        }

        problem = ranges.Count > MostConfigurations
            ? string.Create(CultureInfo.InvariantCulture, $"{ranges.Count} configurations; a grid has at most {MostConfigurations}")
            : null;
        return problem is null;
    }

    private GridRanges? With(string name, GridRange range) => name switch
    {
        "contexts" => this with { Contexts = range },
        "requests" => this with { Requests = range },
        "depth" => this with { Depth = range },
        "engines" => this with { Engines = range },
        _ => null,
    };
}

/// <summary>Whole numbers from one to another.</summary>
/// <param name="Low">The first [1..].</param>
/// <param name="High">The last, not below the first.</param>
public sealed record GridRange(int Low, int High)
{
    /// <summary>How many.</summary>
    public int Count => High - Low + 1;

    /// <summary>All of them.</summary>
    public IEnumerable<int> Values => Enumerable.Range(Low, Count);

    /// <inheritdoc/>
    public override string ToString() => Low == High ? FormattableString.Invariant($"{Low}") : FormattableString.Invariant($"{Low}..{High}");

    /// <summary>Reads <c>1..4</c> or <c>2</c>.</summary>
    internal static bool TryParse(string text, int highest, [NotNullWhen(true)] out GridRange? range)
    {
        string[] ends = text.Split("..");
        range = null;
        if (ends.Length <= 2 && TryParse(ends[0], out int low) && TryParse(ends[^1], out int high) && low >= 1 && low <= high && high <= highest)
        {
            range = new GridRange(low, high);
        }

        return range is not null;
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

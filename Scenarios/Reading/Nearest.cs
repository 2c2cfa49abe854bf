namespace CryptoSim.Scenarios.Reading;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The candidate with the least edit distance, if it is near enough to be a slip; the first of equals.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return bestDistance <= Math.Max(1, Math.Min(word.Length, best?.Length ?? 0) / 3) ? best : null;
    }

    /// <summary>The end of a message: the word that was probably meant, or all there are.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been.</param>
    /// <param name="plural">What they are: <c>the keys of jr0</c>.</param>
    public static string Hint(string word, IReadOnlyCollection<string> candidates, string plural)
    {
        string? near = Find(word, candidates);
        if (near is not null)
        {
            return $"; did you mean '{near}'?";
        }

        return candidates.Count == 0 ? "" : $"; {plural} are {Join(candidates)}";
    }

    /// <summary>Words separated by commas, no more than fit a line or two.</summary>
    public static string Join(IReadOnlyCollection<string> words)
    {
        const int Most = 30;
        string shown = string.Join(", ", words.Take(Most));
        return words.Count > Most ? shown + ", ..." : shown;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours; the case of a letter does not count.</summary>
    public static int Distance(string left, string right)
    {
        if (left.Length > LongestWord || right.Length > LongestWord)
        {
            return int.MaxValue;
        }

        int[] before = new int[right.Length + 1];
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        int[] row = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                row[j] = Step(left, right, i, j, before, above, row);
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }

    private static int Step(string left, string right, int i, int j, int[] before, int[] above, int[] row)
    {
        bool same = Lower(left[i - 1]) == Lower(right[j - 1]);
        int best = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
        bool swapped = i > 1 && j > 1 && Lower(left[i - 1]) == Lower(right[j - 2]) && Lower(left[i - 2]) == Lower(right[j - 1]);
        return swapped ? Math.Min(best, before[j - 2] + 1) : best;
    }

    // An underscore for a hyphen is the commonest slip of all: treat the two as one letter.
    private static char Lower(char c) => c == '_' ? '-' : char.ToLowerInvariant(c);
}

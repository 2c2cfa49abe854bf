namespace CryptoSim.Cli;

/// <summary>The known word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits, or null if every one is too far off to be helpful.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int letters = word.TrimStart('-').Length;
        int limit = letters < 2 ? 0 : Math.Max(1, letters / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Edits(word, candidate);
            if (distance < limit)
            {
                limit = distance;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.</summary>
    internal static int Edits(string from, string to)
    {
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Step(edits, from, to, i, j);
            }
        }

        return edits[from.Length, to.Length];
    }

    private static int Step(int[,] edits, string from, string to, int i, int j)
    {
        int replace = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        int least = Math.Min(replace, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
    }
}

using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>Run records named on a command line, as files or as directories of them.</summary>
internal static class RecordSets
{
    /// <summary>The files: those of a directory in ordinal order of their names.</summary>
    /// <exception cref="InputException">A directory holds no record.</exception>
    public static IReadOnlyList<string> Files(IReadOnlyList<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            string[] found = Enumerate(path);
            if (found.Length == 0)
            {
                throw new InputException($"{path}: holds no run record (*{RecordNames.Extension})");
            }

            files.AddRange(found);
        }

        return files;
    }

    /// <summary>The scenario of all records.</summary>
    /// <exception cref="InputException">They are of different ones.</exception>
    public static string Scenario(IReadOnlyList<RunRecord> records)
    {
        string[] names = [.. records.Select(record => record.Identity.Scenario).Distinct()];
        return names.Length == 1 ? names[0] : throw new InputException($"the records are of different scenarios: {string.Join(", ", names)}; a report is about one");
    }

    /// <summary>Sweep points in the order of their values rather than of their file names: 8 before 16.</summary>
    public static IReadOnlyList<RunRecord> InOrder(IReadOnlyList<RunRecord> records) =>
        [.. records.OrderBy(record => record.Identity.Point.Select(pair => pair.Value).ToArray(), Comparer<string[]>.Create(Compare))];

    private static int Compare(string[]? left, string[]? right)
    {
        for (int i = 0; left is not null && right is not null && i < Math.Min(left.Length, right.Length); i++)
        {
            int order = decimal.TryParse(left[i], out decimal one) && decimal.TryParse(right[i], out decimal other)
                ? one.CompareTo(other)
                : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static string[] Enumerate(string directory)
    {
        try
        {
            string[] files = Directory.GetFiles(directory, "*" + RecordNames.Extension);
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{directory}: cannot be read: {cause.Message.ReplaceLineEndings(" ")}");
        }
    }
}

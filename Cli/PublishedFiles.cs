using CryptoSim.Reports.Validation;

namespace CryptoSim.Cli;

/// <summary>Finds and reads files of published measurements.</summary>
internal static class PublishedFiles
{
    private const string Standard = "published.csv";

    /// <summary>The file of the repository, as the user would name it.</summary>
    /// <exception cref="InputException">There is none here or above.</exception>
    public static string Default() => ScenarioFiles.Validation() is { } directory
        ? Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(directory, Standard))
        : throw new InputException("cryptosim: no directory Scenarios/Validation here or above; run this inside the CryptoSim repository, or name a file");

    /// <summary>Reads a file, or says everything that is wrong with it.</summary>
    /// <exception cref="InputException">It cannot be read or is not valid.</exception>
    public static PublishedTable Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {(cause is FileNotFoundException or DirectoryNotFoundException ? "no such file" : cause.Message)}");
        }

        PublishedTable table = PublishedTable.Read(text, path);
        return table.Errors.Count == 0 ? table : throw new InputException(string.Join(Environment.NewLine, table.Errors));
    }
}

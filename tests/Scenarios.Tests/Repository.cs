namespace CryptoSim.Scenarios.Tests;

/// <summary>Files of the repository, for tests that compare generated ones.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Library =>
        [.. Directory.GetFiles(Path.Combine(Root, "Scenarios", "Library"), "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>Compares a file with what it should be; writes it instead under UPDATE_EXPECTED=1.</summary>
    public static void AssertGenerated(string path, string expected)
    {
        string file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.Exists(file) ? File.ReadAllText(file) : "(no file; UPDATE_EXPECTED=1 writes it)");
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CryptoSim.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}

namespace CryptoSim.Cli.Tests;

/// <summary>Places in the repository.</summary>
internal static class Repository
{
    /// <summary>The directory of CryptoSim.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Directory of the scenarios.</summary>
    public static string Library => Path.Combine(Root, "Scenarios", "Library");

    /// <summary>Directory of the gallery.</summary>
    public static string Gallery => Path.Combine(Root, "Scenarios", "Gallery");

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CryptoSim.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("CryptoSim.sln is not above " + AppContext.BaseDirectory);
    }
}

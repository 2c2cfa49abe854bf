namespace CryptoSim.Tidy.Tests;

/// <summary>The files of the repository, without what builds produce.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", "out", "TestResults", ".git", ".vs", ".idea"];

    /// <summary>Product projects in the order of the flow.</summary>
    public static readonly string[] Product = ["Simulator", "Models", "Scenarios", "Reports", "Cli"];

    /// <summary>The directory of CryptoSim.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Whether recorded files are rewritten instead of compared.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1";

    /// <summary>Every text file, as paths from the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The C# files of the product.</summary>
    public static IEnumerable<string> ProductSources => Files.Where(file => IsSource(file) && Product.Contains(file.Split('/')[0]));

    /// <summary>The C# files of <paramref name="project"/>.</summary>
    public static IEnumerable<string> Sources(string project) => Files.Where(file => IsSource(file) && file.StartsWith(project + "/", StringComparison.Ordinal));

    /// <summary>The scenarios of the library.</summary>
    public static IEnumerable<string> Scenarios => Files.Where(file => file.StartsWith("Scenarios/Library/", StringComparison.Ordinal) && file.EndsWith(".yaml", StringComparison.Ordinal));

    /// <summary>The entries of the gallery.</summary>
    public static IEnumerable<string> Gallery => Files.Where(file => file.StartsWith("Scenarios/Gallery/", StringComparison.Ordinal) && file.EndsWith(".yaml", StringComparison.Ordinal));

    /// <summary>The documents.</summary>
    public static IEnumerable<string> Documents => Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Where a file is on this machine.</summary>
    public static string Full(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(Full(file));

    public static bool Exists(string file) => Path.Exists(Full(file));

    private static bool IsSource(string file) => file.EndsWith(".cs", StringComparison.Ordinal);

    private static IEnumerable<string> Walk(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            if (Path.GetExtension(file) is not (".png" or ".tmp") && !NotOurs.Contains(Path.GetFileName(file)))
            {
                yield return file;
            }
        }

        foreach (string child in Directory.EnumerateDirectories(directory).Where(child => !NotOurs.Contains(Path.GetFileName(child))))
        {
            foreach (string file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

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

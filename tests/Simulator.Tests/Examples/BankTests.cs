namespace CryptoSim.Simulator.Tests.Examples;

/// <summary>The example for users of Sim# compiles, runs, and is what the page shows.</summary>
public sealed class BankTests
{
    [Fact]
    public void The_example_gives_what_the_page_says() => Assert.Contains($"    {Bank.Run()}\n", Page(), StringComparison.Ordinal);

    [Fact]
    public void The_page_shows_the_example_as_it_is_compiled()
    {
        string source = File.ReadAllText(Path.Combine(Root(), "tests", "Simulator.Tests", "Examples", "Bank.cs"));
        int start = source.IndexOf("// example\n", StringComparison.Ordinal) + "// example\n".Length;
        int end = source.IndexOf("        // end", StringComparison.Ordinal);
        var lines = source[start..end].Split('\n').Select(line => line.Length >= 8 ? line[8..] : line);
        Assert.Contains($"```csharp\n{string.Join('\n', lines)}```\n", Page(), StringComparison.Ordinal);
    }

    private static string Page() => File.ReadAllText(Path.Combine(Root(), "docs", "from-simsharp.md"));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CryptoSim.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("not inside the repository");
    }
}

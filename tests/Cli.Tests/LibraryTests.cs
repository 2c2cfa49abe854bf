using System.Text.RegularExpressions;

namespace CryptoSim.Cli.Tests;

/// <summary>Every scenario of the library gives the answer that is recorded beside it.</summary>
public partial class LibraryTests
{
    public static TheoryData<string> Scenarios => [.. Directory.EnumerateFiles(Repository.Library, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_claim_of_a_library_scenario_holds_and_its_output_is_the_recorded_one(string name)
    {
        string file = Path.Combine(Repository.Library, name + ".yaml");
        string expected = Path.ChangeExtension(file, ".expected");
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run("run", file, "--out", directory["out"], "--quiet");

        Assert.Equal("", result.Error);
        string output = Normalize(result.Output, directory["out"], name);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(expected, output);
        }

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.True(File.Exists(expected), $"{expected} is missing; UPDATE_EXPECTED=1 ./check.sh records it");
        Assert.Equal(File.ReadAllText(expected), output);
    }

    /// <summary>As a user at the root of the repository sees it, with the seconds of a quick machine.</summary>
    private static string Normalize(string output, string directory, string name) =>
        WallSeconds().Replace(output.Replace(directory, "out/" + name, StringComparison.Ordinal), "$1 · 0.05 s\n");

    [GeneratedRegex(@"(· fingerprint [0-9a-f]{16}) · [^\n]+\n")]
    private static partial Regex WallSeconds();
}

using System.Text.RegularExpressions;

namespace CryptoSim.Tidy.Tests;

/// <summary>What documents show is what the program does.</summary>
public partial class DocumentTests
{
    private static readonly string[] Commands = ["run", "compare", "explore", "gallery", "validate", "plan", "driver", "report", "replay", "check", "list", "schema"];

    [Fact]
    public void The_readme_gives_the_command_by_line_12()
    {
        string[] lines = Repository.Text("README.md").Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains("./cryptosim run Scenarios/Library/caam-deadlock.yaml", StringComparison.Ordinal));
        Assert.InRange(at, 0, 11);
    }

    [Fact]
    public void The_output_in_the_readme_is_the_recorded_one()
    {
        string recorded = Repository.Text("Scenarios/Library/caam-deadlock.expected");
        string block = "```\n$ ./cryptosim run Scenarios/Library/caam-deadlock.yaml\n" + recorded + "```\n";
        if (Repository.Updates)
        {
            string old = FirstBlock().Match(Repository.Text("README.md")).Value;
            File.WriteAllText(Repository.Full("README.md"), Repository.Text("README.md").Replace(old, block, StringComparison.Ordinal));
        }

        Assert.Contains(block, Repository.Text("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_in_a_document_exists_and_so_does_its_scenario() =>
        Tidy.None(Repository.Documents, file =>
        {
            string[] wrong = [.. Command().Matches(Repository.Text(file)).Where(match => !Works(match.Groups[1].Value, match.Groups[2].Value)).Select(match => match.Value.Trim())];
            return wrong.Length > 0 ? string.Join("; ", wrong) : null;
        });

    [Fact]
    public void Every_file_that_the_readme_names_exists() =>
        Tidy.None(FileName().Matches(Repository.Text("README.md")).Select(match => match.Groups[1].Value).Distinct(), name => Repository.Exists(name) ? null : "does not exist");

    [Fact]
    public void Every_decision_weighs_its_alternatives() =>
        Tidy.None(Repository.Documents.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal)), file =>
        {
            string text = Repository.Text(file);
            string[] missing = [.. ((string[])["Objective", "Alternatives considered", "Decision"]).Where(part => !Regex.IsMatch(text, $"^#+ {part}", RegexOptions.Multiline))];
            return missing.Length > 0 ? "lacks " + string.Join(", ", missing) : null;
        });

    [Fact]
    public void The_index_of_documents_names_each() =>
        Tidy.None(Repository.Documents.Where(file => file.StartsWith("docs/", StringComparison.Ordinal) && file != "docs/README.md"), file =>
            Repository.Text("docs/README.md").Contains(file["docs/".Length..], StringComparison.Ordinal) ? null : "is not in docs/README.md");

    private static bool Works(string command, string argument) =>
        Commands.Contains(command) && (!argument.EndsWith(".yaml", StringComparison.Ordinal) || Repository.Exists(argument));

    [GeneratedRegex(@"(?:\./cryptosim|dotnet run --project Cli -c Release --) ([a-z]+)(?: ([^\s`]+))?")]
    private static partial Regex Command();

    [GeneratedRegex(@"^```\n.*?^```\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FirstBlock();

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex FileName();
}

using System.Text.RegularExpressions;
using CryptoSim.Scenarios;

namespace CryptoSim.Tidy.Tests;

/// <summary>The scenarios of the library and of the gallery are written alike.</summary>
public partial class LibraryTests
{
    private static IEnumerable<string> All => Repository.Scenarios.Concat(Repository.Gallery);

    [Fact]
    public void Every_scenario_opens_with_a_story() =>
        Tidy.None(All, file => Story(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 20 ? null : "has no story in the comment on top");

    [Fact]
    public void Every_scenario_is_named_like_its_file() =>
        Tidy.None(All, file => Repository.Text(file).Contains($"\nscenario: {Path.GetFileNameWithoutExtension(file)}\n", StringComparison.Ordinal) ? null : "has another name inside");

    [Fact]
    public void Every_scenario_has_its_recorded_answer_and_every_answer_its_scenario()
    {
        Tidy.None(All, file => Repository.Exists(Path.ChangeExtension(file, ".expected")) ? null : "has no .expected beside it");
        Tidy.None(Repository.Files.Where(file => file.EndsWith(".expected", StringComparison.Ordinal)), file => Repository.Exists(Path.ChangeExtension(file, ".yaml")) ? null : "has no scenario beside it");
    }

    [Fact]
    public void Every_scenario_tells_an_editor_where_the_schema_is() =>
        Tidy.None(All, file => Repository.Text(file).StartsWith("# yaml-language-server: $schema=../scenario.schema.json\n", StringComparison.Ordinal) ? null : "does not");

    [Fact]
    public void Every_scenario_is_valid() =>
        Tidy.None(All, file => ScenarioReader.Read(Repository.Full(file)).Errors is { Count: > 0 } errors ? string.Join("; ", errors) : null);

    [Fact]
    public void The_schema_beside_the_library_is_the_generated_one() =>
        Assert.Equal(ScenarioSchema.Text.Trim(), Repository.Text("Scenarios/scenario.schema.json").Trim());

    private static string Story(string file) =>
        string.Join(' ', Repository.Text(file).Split('\n').Skip(1).TakeWhile(line => line.StartsWith('#')).Select(line => CommentMark().Replace(line, "")));

    [GeneratedRegex("^#+ ?")]
    private static partial Regex CommentMark();
}

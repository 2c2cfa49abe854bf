using System.Text.RegularExpressions;
using CryptoSim.Scenarios;

namespace CryptoSim.Tidy.Tests;

/// <summary>The entries of the gallery cite what can be looked up, and docs/gallery.md lists them as they are.</summary>
public partial class GalleryTests
{
    private const string Index = "docs/gallery.md";
    private const string Head = "| id | title | symptom | kernel | cause | fix |\n|---|---|---|---|---|---|\n";

    private static IEnumerable<(string File, GalleryEntry Entry)> Entries =>
        Repository.Gallery.Select(file => (file, ScenarioReader.Read(Repository.Full(file)).Scenario?.Gallery)).Where(one => one.Gallery is not null).Select(one => (one.file, one.Gallery!));

    [Fact]
    public void Every_scenario_of_the_gallery_is_an_entry_of_its_own()
    {
        Tidy.None(Repository.Gallery, file => Entries.Any(one => one.File == file) ? null : "has no gallery block");
        Assert.Equal(Entries.Count(), Entries.Select(one => one.Entry.Id).Distinct().Count());
    }

    [Fact]
    public void Every_entry_is_named_after_its_number() =>
        Tidy.None(Entries, one => Path.GetFileName(one.File).StartsWith(one.Entry.Id.ToLowerInvariant() + "-", StringComparison.Ordinal) ? null : "does not begin with its number");

    [Fact]
    public void Every_number_of_an_entry_stands_in_docs_rules()
    {
        HashSet<string> known = [.. Rule().Matches(Repository.Text("docs/rules.md")).Select(match => match.Groups[1].Value)];
        Tidy.None(Entries.SelectMany(one => one.Entry.Also.Append(one.Entry.Id)).Distinct(), id => known.Contains(GalleryEntry.RuleOf(id)) ? null : $"{GalleryEntry.RuleOf(id)} is not in docs/rules.md");
    }

    [Fact]
    public void The_index_of_the_gallery_is_what_its_files_say()
    {
        string table = Head + string.Concat(Entries.OrderBy(one => one.Entry.Order).Select(one => Row(one.File, one.Entry)));
        if (Repository.Updates)
        {
            string old = Table().Match(Repository.Text(Index)).Value;
            File.WriteAllText(Repository.Full(Index), Repository.Text(Index).Replace(old, table, StringComparison.Ordinal));
        }

        Assert.Contains(table + "\n", Repository.Text(Index), StringComparison.Ordinal);
    }

    private static string Row(string file, GalleryEntry entry)
    {
        string ids = string.Join(", ", entry.Also.Prepend(entry.Id));
        string Commit(string? id) => id is null ? "" : $"`{id}`";
        return $"| {ids} | [{entry.Title}](../{file}) | {entry.Symptom} | {entry.Kernel} | {Commit(entry.Cause)} | {Commit(entry.Fix)} |\n";
    }

    [GeneratedRegex(@"^(?:\| |#+ )((?:DM|ME|KS|AA)-[A-Z]+\d+[a-z]?)\b", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\| id \|.*?\n(?=\n)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Table();
}

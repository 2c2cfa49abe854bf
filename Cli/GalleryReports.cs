using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Showing;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Showing;

namespace CryptoSim.Cli;

/// <summary>Hands the gallery from Scenarios to Reports, which do not know each other.</summary>
internal static class GalleryReports
{
    private const string Page = "gallery.html";

    /// <summary>Writes the page and returns where it is.</summary>
    /// <param name="shown">The entries.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="program">How the user started the command.</param>
    /// <param name="words">The words that show the same again.</param>
    /// <param name="cancellation">Ends it.</param>
    public static string Write(IReadOnlyList<ShownEntry> shown, OutputDirectory output, string program, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        output.Fill(directory =>
        {
            GalleryPage.Write(Path.Combine(directory, Page), Of(shown, program, words), cancellation);
            return true;
        });
        output.Keep();
        return output.Final(Page);
    }

    /// <summary>The gallery as the page takes it.</summary>
    public static GalleryReport Of(IReadOnlyList<ShownEntry> shown, string program, IReadOnlyList<string> words) => new()
    {
        Version = ScenarioExplorer.Version,
        Command = program + " " + ShellText.Join(words),
        Program = program,
        Entries = [.. shown.Select(one => Of(one, program))],
    };

    private static ReportedEntry Of(ShownEntry shown, string program)
    {
        GalleryEntry entry = shown.Entry;
        return new ReportedEntry
        {
            Id = entry.Id,
            Rules = [entry.Rule, .. entry.Also.Select(GalleryEntry.RuleOf)],
            Title = entry.Title,
            Symptom = entry.Symptom,
            Trigger = entry.Trigger,
            Kernel = entry.Kernel ?? "",
            Source = shown.Source,
            Path = shown.Scenario.Path,
            Story = shown.Scenario.Story,
            Buggy = new ReportedSide(entry.Buggy, shown.BuggyEnds, shown.RunOf(entry.Buggy)),
            Fixed = new ReportedSide(entry.Fixed, shown.FixedEnds, shown.RunOf(entry.Fixed)),
            Proved = shown.Proved,
            AsExpected = shown.AsExpected,
            Claims = ClaimResults.Of([.. shown.Runs.Claims, .. shown.Explored.Claims]),
            Explored = Explorations.Of(shown.Explored, [.. shown.Explored.Variants.Select(_ => new ExplorationFiles())], program, ["explore", shown.Scenario.Path]).Variants,
        };
    }
}

using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Showing;

/// <summary>One entry: facts, story, both verdicts, the cause and who waited for whom, the claims, and how to go on.</summary>
internal static class EntrySection
{
    public static void Write(Html page, ReportedEntry entry, string program)
    {
        page.Line($"<section class=\"failure\" id=\"{Anchor(entry)}\">").Element("h2", $"{entry.Id}: {entry.Title}").Line("<div class=\"card\"><dl>");
        Fact(page, "symptom", entry.Symptom);
        Fact(page, "trigger", entry.Trigger);
        Fact(page, "kernel", entry.Kernel);
        Fact(page, "source", entry.Source);
        Fact(page, "rules", string.Join(", ", entry.Rules));
        page.Line("</dl></div>");
        WriteStory(page, entry.Story);
        WriteSides(page, entry);
        WriteFailure(page, entry);
        page.Line("<details>").Element("summary", $"{HeaderSection.Plural(entry.Claims.Count, "claim")}, and how to go on");
        if (entry.Claims.Count > 0)
        {
            ClaimsSection.Table(page, entry.Claims);
        }

        WriteCommands(page, entry, program);
        page.Line("</details>").Line("</section>");
    }

    /// <summary>Where the entry stands on the page.</summary>
    public static string Anchor(ReportedEntry entry) => "entry-" + Gallery.Slug(entry.Id);

    /// <summary>What is known of the fix, and whether all is as expected.</summary>
    public static void Verdict(Html page, ReportedEntry entry)
    {
        (string tone, string text) = entry.Proved switch
        {
            true => ("good", "✓ PROVED"),
            false => ("bad", "✗ not proved"),
            null => ("undecided", "by metric"),
        };
        page.Raw($"<span class=\"{tone}\">").Text(text).Raw($"</span><span class=\"expected{(entry.AsExpected ? "" : " bad")}\">").Text(entry.AsExpected ? "as expected" : "NOT as expected").Raw("</span>");
    }

    public static void Fact(Html page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Element("dt", name).Raw("<dd>").Text(value).Line("</dd>");
        }
    }

    private static void WriteStory(Html page, string story)
    {
        page.Line("<div class=\"card story\">");
        foreach (string paragraph in story.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            page.Element("p", string.Join(' ', paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }

        page.Line("</div>");
    }

    private static void WriteSides(Html page, ReportedEntry entry)
    {
        page.Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"verdicts\">")
            .Line("<thead><tr><th scope=\"col\">variant</th><th scope=\"col\">a run</th><th scope=\"col\">every schedule</th><th scope=\"col\">what it says</th></tr></thead><tbody>");
        foreach (ReportedSide side in (ReportedSide[])[entry.Buggy, entry.Fixed])
        {
            RunEnd end = side.Run.End;
            string tone = end.Ends == "completed" ? "undecided" : "bad";
            page.Raw("<tr><th scope=\"row\">").Text(side.Variant).Raw($"</th><td><span class=\"{tone}\">").Text($"{end.Ends} at {ValueText.Duration(end.AtPicoseconds)}").Raw("</span>")
                .Raw(end.Rule is null ? "" : $"<span class=\"expected\">{Html.Escape(end.Rule)}</span>").Raw("</td><td>");
            ExploredVariant? explored = entry.Explored.FirstOrDefault(one => one.Variant == side.Variant);
            WriteExplored(page, explored);
            page.Line("</td></tr>");
        }

        page.Line("</tbody></table></div>");
    }

    private static void WriteExplored(Html page, ExploredVariant? explored)
    {
        if (explored is null)
        {
            page.Raw("–</td><td class=\"says\">not explored: the claim is about a metric");
            return;
        }

        string tone = explored.Result.Verdict switch { ExplorationVerdict.Failed => "bad", ExplorationVerdict.Proved => "good", _ => "undecided" };
        string says = explored.Result.Failure is { } failure ? ExplorationWords.Shape(failure) : ExplorationWords.Meaning(explored.Result);
        page.Raw($"<span class=\"{tone}\">").Text(ExplorationWords.Word(explored.Result)).Raw("</span></td><td class=\"says\">").Text(says)
            .Raw("<span class=\"expected\">").Text("for " + ExplorationWords.Scope(explored)).Raw("</span>");
    }

    /// <summary>The cause and the chain from the schedule that was found or, where none was, from the run.</summary>
    private static void WriteFailure(Html page, ReportedEntry entry)
    {
        if (entry.Explored.FirstOrDefault(one => one.Variant == entry.Buggy.Variant) is { Result: { Failure: { } failure } result })
        {
            var digest = new TraceDigest(failure);
            CauseCard.Write(page, result, failure, digest);
            WaitSection.Write(page, failure, digest);
            StepTable.Write(page, failure);
        }
        else if (entry.Buggy.Run.End is { Ends: not "completed" } end)
        {
            var trace = new FailingTrace { Schedule = new Schedule(), Steps = [], End = end };
            page.Raw("<div class=\"card cause\">").Element("h3", $"The run ends as {end.Ends}").Element("p", string.Join(": ", ((string?[])[end.Rule, end.Message]).OfType<string>()), "class=\"rule\"").Line("</div>");
            WaitSection.Write(page, trace, new TraceDigest(trace));
        }
    }

    private static void WriteCommands(Html page, ReportedEntry entry, string program)
    {
        page.Line("<div class=\"card\"><dl>");
        Command(page, "story", $"{program} gallery {entry.Id}");
        Command(page, "run", $"{program} run {entry.Path}");
        if (entry.Explored.Count > 0)
        {
            Command(page, "explore", $"{program} explore {entry.Path}");
        }

        page.Line("</dl></div>");
    }

    private static void Command(Html page, string name, string words) => page.Element("dt", name).Raw("<dd><code>").Text(words).Line("</code></dd>");
}

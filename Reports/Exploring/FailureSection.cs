using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Sequences;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>One variant that fails: cause, chain, the schedule beside one that passes, every step, and how to see it again.</summary>
internal static class FailureSection
{
    private const double HalfWidth = 680;   // [px]
    private const int LanesSideBySide = 5;

    public static void Write(Html page, ExploredVariant explored, string program)
    {
        FailingTrace failure = explored.Result.Failure!;
        var digest = new TraceDigest(failure);
        page.Line($"<section class=\"failure\" id=\"failure-{Figures.Gallery.Slug(VerdictSection.NameOf(explored))}\">")
            .Element("h2", $"{VerdictSection.NameOf(explored)}: {explored.Result.Found ?? explored.Result.Failure!.End.Ends}")
            .Element("p", (failure.IsShortest ? "The shortest failing schedule: " : "A failing schedule, perhaps not the shortest: ") + ExplorationWords.Shape(failure) + ".", "class=\"lead\"");
        CauseCard.Write(page, explored.Result, failure, digest);
        WaitSection.Write(page, failure, digest);
        WriteCharts(page, explored, failure);
        StepTable.Write(page, failure);
        WriteFiles(page, explored, failure, program);
        page.Line("</section>");
    }

    private static void WriteCharts(Html page, ExploredVariant explored, FailingTrace failure)
    {
        var run = TraceRuns.Failing(explored, failure);
        if (run.Trace.Count == 0)
        {
            return;
        }

        SequenceScale scale = SequenceScale.Steps with { Mark = failure.PointOfNoReturn, MarkText = "no return", Heading = "The schedule that fails" };
        bool beside = failure.Sibling is not null && SequenceBuilder.Build(run, scale).Lanes.Count <= LanesSideBySide;
        double width = beside ? HalfWidth : PlotSize.Full.Width;
        page.Line($"<div class=\"grid schedules{(beside ? "" : " stacked")}\">");
        Chart(page, SequenceChart.Draw(run, scale, Theme.Named, width), beside);
        if (failure.Sibling is { } sibling)
        {
            var passing = TraceRuns.Passing(explored, failure, sibling);
            SequenceScale other = SequenceScale.Steps with
            {
                Mark = sibling.Steps.FirstOrDefault(step => step.Events.Count > 0)?.Number,
                MarkText = "instead",
                Heading = $"The closest that passes: the same up to step {sibling.Common}, then {(sibling.Steps.Count > 0 ? sibling.Steps[0].Process : "nobody")} runs",
            };
            Chart(page, SequenceChart.Draw(passing, other, Theme.Named, width), beside);
        }

        page.Line("</div>");
    }

    private static void Chart(Html page, string svg, bool beside) =>
        page.Line($"<figure class=\"card{(beside ? "" : " wide")}\"><div class=\"static scroll\" tabindex=\"0\">").Raw(svg).Line("</div></figure>");

    private static void WriteFiles(Html page, ExploredVariant explored, FailingTrace failure, string program)
    {
        ExplorationFiles files = explored.Files;
        page.Line("<div class=\"card\"><dl>");
        Entry(page, "stretched", Stretching.Text(failure));
        Entry(page, "replay", files.Schedule is null ? "" : $"{program} replay {files.Schedule}");
        Entry(page, "repro", files.Repro is null ? "" : $"{program} run {files.Repro}");
        Entry(page, "perfetto", files.Perfetto ?? "");
        Entry(page, "choices", failure.Schedule.Choices.Count == 0 ? "none: this is the default schedule" : string.Join(" ", failure.Schedule.Choices));
        Entry(page, "expect", failure.Schedule.Expect);
        page.Line("</dl></div>");
    }

    private static void Entry(Html page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Element("dt", name).Raw("<dd><code>").Text(value).Line("</code></dd>");
        }
    }
}

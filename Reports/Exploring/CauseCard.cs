using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>The step that everything turns on, with its source line and the rule that it breaks.</summary>
internal static class CauseCard
{
    public static void Write(Html page, ExplorationResult result, FailingTrace failure, TraceDigest digest)
    {
        page.Line("<div class=\"card cause\">").Element("h3", Heading(failure, digest));
        if (digest.Turning is { } step)
        {
            page.Raw("<p class=\"what\"><code>").Text(step.Process).Raw("</code> <code>").Text(StepMeaning.Text(step)).Raw("</code>");
            if (step.Source.Length > 0)
            {
                page.Raw(" <code class=\"source\">").Text(step.Source).Raw("</code>");
            }

            page.Line("</p>");
            Paragraph(page, StepMeaning.Detail(step));
            string others = string.Join(", ", StepMeaning.Others(step));
            Paragraph(page, others.Length > 0 ? "Could also have run: " + others + "." : "Nobody else could have run.");
        }

        if (result.Message is not null || result.Rule is not null)
        {
            page.Element("p", (result.Rule is null ? "" : "Broken rule ") + ExplorationWords.Failure(result), "class=\"rule\"");
        }

        page.Line("</div>");
    }

    private static string Heading(FailingTrace failure, TraceDigest digest) => (failure.PointOfNoReturn, digest.Turning) switch
    {
        ({ } number, _) => $"Step {number} is the point of no return: before it some continuation finishes, after it none does",
        (null, { } step) => $"Step {step.Number} breaks the rule; the point of no return is not known, because the graph was not kept",
        _ => "The point of no return is not known, because the graph was not kept",
    };

    private static void Paragraph(Html page, string text)
    {
        if (text.Length > 0)
        {
            page.Element("p", text);
        }
    }
}

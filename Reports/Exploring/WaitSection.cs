using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>Who waits for ever, drawn as chains, with what should have come.</summary>
internal static class WaitSection
{
    private const int Most = 4;   // chains that are drawn

    public static void Write(Html page, FailingTrace failure, TraceDigest digest)
    {
        if (digest.Stuck.Count == 0)
        {
            return;
        }

        IReadOnlySet<string> processes = WaitChain.ProcessesOf(failure);
        page.Line("<div class=\"card waits\">").Element("h3", "Who waits for what");
        foreach (BlockedRecord one in digest.Stuck.Take(Most))
        {
            page.Raw("<div class=\"static scroll chain\" tabindex=\"0\">").Raw(ChainGraph.Draw(WaitChain.Of(one, processes), Theme.Named, 1120)).Line("</div>");
            page.Raw("<p><code>").Text(one.Process).Raw("</code> sleeps in <code>").Text(one.Function).Raw("</code>")
                .Raw(one.Source is null ? "" : " <code class=\"source\">" + Html.Escape(one.Source) + "</code>")
                .Text(digest.LastStep(one.Process) is { } last ? $" since step {last}: {one.Owner}" : $": {one.Owner}").Line("</p>");
        }

        Rest(page, failure, digest);
        page.Line("</div>");
    }

    private static void Rest(Html page, FailingTrace failure, TraceDigest digest)
    {
        if (digest.Stuck.Count > Most)
        {
            page.Element("p", $"And {HeaderSection.Plural(digest.Stuck.Count - Most, "process", "processes")} more: {string.Join(", ", digest.Stuck.Skip(Most).Select(one => one.Process))}.");
        }

        OpenRequest[] open = [.. OpenRequest.Of(failure.Steps)];
        if (open.Length > 0)
        {
            page.Element("p", "Never came back: " + string.Join(", ", open.Select(one => $"{one.Subject} (step {one.Step}{(one.Answer.Length > 0 ? ", answered -" + one.Answer : "")})")) + ".");
        }
    }
}

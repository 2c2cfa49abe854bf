using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>Who waits for ever, drawn as chains, with what should have come.</summary>
internal static class WaitSection
{
    private const int Most = 4;   // chains that are drawn, and processes that are named

    public static void Write(Html page, FailingTrace failure, TraceDigest digest)
    {
        if (digest.Stuck.Count == 0)
        {
            return;
        }

        IReadOnlySet<string> processes = WaitChain.ProcessesOf(failure);
        page.Line("<div class=\"card waits\">").Element("h3", "Who waits for what");
        foreach (WaitChain chain in Longest(digest.Stuck.Select(one => WaitChain.Of(one, processes))).Take(Most))
        {
            page.Raw("<div class=\"static scroll chain\" tabindex=\"0\">").Raw(ChainGraph.Draw(chain, Theme.Named, 1160)).Line("</div>");
        }

        foreach (BlockedRecord one in digest.Stuck.Take(Most))
        {
            page.Raw("<p><code>").Text(one.Process).Raw("</code> sleeps in <code>").Text(one.Function).Raw("</code>")
                .Raw(one.Source is null ? "" : " <code class=\"source\">" + Html.Escape(one.Source) + "</code>")
                .Text(digest.LastStep(one.Process) is { } last ? $" since step {last}: {one.Owner}" : $": {one.Owner}").Line("</p>");
        }

        Rest(page, failure, digest);
        page.Line("</div>");
    }

    /// <summary>Chains that are not the end of another, and each cycle once.</summary>
    private static List<WaitChain> Longest(IEnumerable<WaitChain> chains)
    {
        var kept = new List<WaitChain>();
        foreach (WaitChain chain in chains.OrderByDescending(one => one.Links.Count))
        {
            var names = chain.Links.Select(link => link.Name).ToHashSet();
            if (!kept.Exists(longer => names.IsSubsetOf(longer.Links.Select(link => link.Name))))
            {
                kept.Add(chain);
            }
        }

        return kept;
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

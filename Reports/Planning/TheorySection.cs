using CryptoSim.Reports.Pages;

namespace CryptoSim.Reports.Planning;

/// <summary>The simulation beside closed forms.</summary>
internal static class TheorySection
{
    public static void Write(Html page, KeyslotReport report)
    {
        if (KeyslotTheory.Of(report) is not { } theory)
        {
            return;
        }

        page.Line("<section id=\"theory\">").Line("<h2>Beside closed forms</h2>").Line("<div class=\"card story\">")
            .Element("p", theory.Sentence())
            .Element("p", "The form for LRU is Che's approximation for independent I/Os of a Zipf law. The lower bound is the share of the keys beyond the hottest, as many as there are slots (KS-F2). Neither knows of waiting, during which requests for one key gather and then share one programming.")
            .Line("</div></section>");
    }
}

using CryptoSim.Reports.Pages;

namespace CryptoSim.Reports.Exploring;

/// <summary>Waits at which no process ever stood, although every state was visited: dead code at this size, or a size that is too small.</summary>
internal static class NeverReachedSection
{
    public static void Write(Html page, Exploration exploration)
    {
        ExploredVariant[] some = [.. exploration.Variants.Where(one => one.Result.NeverReached.Count > 0)];
        if (some.Length == 0)
        {
            return;
        }

        page.Line("<section id=\"never\">").Line("<h2>Waits never reached</h2>")
            .Element("p", "In no state did a process stand there. What would happen at them this size does not show.", "class=\"lead\"")
            .Line("<div class=\"card\"><dl>");
        foreach (ExploredVariant one in some)
        {
            page.Element("dt", VerdictSection.NameOf(one)).Raw("<dd><code>").Text(string.Join("  ", one.Result.NeverReached)).Line("</code></dd>");
        }

        page.Line("</dl></div></section>");
    }
}

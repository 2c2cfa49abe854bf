using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Planning;

/// <summary>One self-contained HTML file about a keyslot plan: how many slots are enough, and heat maps of slots and keys for each design and quantity.</summary>
/// <remarks>Nothing is loaded from anywhere, and without scripts every heat map is there as a table; the same plan gives the same bytes.</remarks>
public static class KeyslotPage
{
    /// <summary>Writes the page to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, KeyslotReport report, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(report), cancellation);

    /// <summary>The page.</summary>
    public static string Render(KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string script = PageAssets.Script;
        var page = new Html();
        PageHead.Write(page, "Keyslot plan", script);
        page.Raw("<style>\n:root{").Raw(HeatColors.Light.Variables()).Line("}")
            .Raw("@media (prefers-color-scheme:dark){:root:not([data-theme=light]){").Raw(HeatColors.Dark.Variables()).Line("}}")
            .Raw(":root[data-theme=dark]{").Raw(HeatColors.Dark.Variables()).Line("}</style>");
        page.Line("<body>").Line("<main>");
        WriteHeader(page, report);
        NeededSection.Write(page, report);
        foreach (KeyslotQuantity quantity in KeyslotQuantity.All)
        {
            HeatSection.Write(page, report, quantity);
        }

        TheorySection.Write(page, report);
        PointsSection.Write(page, report);
        WriteMeant(page, report);
        WriteAgain(page, report);
        page.Line("</main>");
        if (script.Length > 0)
        {
            HeatJson.Write(page, report);
            page.Raw("<script>").Raw(script).Line("</script>");
        }

        return page.Line("</body>").Line("</html>").ToString();
    }

    private static void WriteHeader(Html page, KeyslotReport report)
    {
        string[] facts =
        [
            HeaderSection.Plural(report.Runs, "run"),
            report.Ios.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture) + " I/Os simulated",
            report.Version.Length > 0 ? "CryptoSim " + report.Version : "",
        ];
        page.Line("<header class=\"top\">").Line("<div>").Element("h1", "How many keyslots?")
            .Element("p", $"Enough are as many as it takes until {KeyslotText.Criterion(report)}.", "class=\"about\"")
            .Element("p", string.Join(" · ", facts.Where(fact => fact.Length > 0)), "class=\"identity\"");
        if (!report.IsComplete)
        {
            page.Element("p", "Cancelled: what was done by then is shown, with fewer replications than were asked for.", "class=\"bad\"");
        }

        page.Line("</div>").Line("<button type=\"button\" id=\"theme\" hidden>Dark</button>").Line("</header>");
    }

    private static void WriteMeant(Html page, KeyslotReport report)
    {
        page.Line("<section id=\"machine\">").Line("<h2>What is simulated</h2>").Line("<div class=\"card\"><dl>");
        foreach ((string name, string value) in report.Facts)
        {
            page.Element("dt", name).Raw("<dd>").Text(value).Line("</dd>");
        }

        page.Line("</dl></div>");
        if (report.Assumptions.Count > 0)
        {
            page.Line("<h3 class=\"gap\">What is assumed</h3>").Line("<div class=\"card story\">");
            foreach (string assumption in report.Assumptions)
            {
                page.Element("p", assumption);
            }

            page.Line("</div>");
        }

        page.Line("</section>");
    }

    private static void WriteAgain(Html page, KeyslotReport report) => page.Line("<section id=\"again\">").Line("<h2>Plan again</h2>").Line("<div class=\"card\"><dl>")
        .Element("dt", "command").Raw("<dd><code>").Text(report.Command).Line("</code></dd>")
        .Element("dt", "seed").Raw("<dd>").Text(report.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)).Line("</dd>")
        .Line("</dl></div></section>");
}

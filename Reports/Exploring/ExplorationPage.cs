using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>One self-contained HTML file about an exploration: verdicts, and for each variant that fails the cause, the wait chain, the schedule beside one that passes, and every step.</summary>
/// <remarks>It has no script and loads nothing; the same exploration gives the same bytes.</remarks>
public static class ExplorationPage
{
    /// <summary>Writes the page to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, Exploration exploration, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(exploration), cancellation);

    /// <summary>The page.</summary>
    public static string Render(Exploration exploration)
    {
        ArgumentNullException.ThrowIfNull(exploration);
        var page = new Html();
        PageHead.Write(page, "Every schedule of " + exploration.Scenario, script: "");
        page.Line("<body>").Line("<main>");
        WriteHeader(page, exploration);
        VerdictSection.Write(page, exploration);
        foreach (ExploredVariant variant in exploration.Variants.Where(one => one.Result.Failure is not null))
        {
            FailureSection.Write(page, variant, exploration.Program);
        }

        WriteAgain(page, exploration);
        return page.Line("</main>").Line("</body>").Line("</html>").ToString();
    }

    private static void WriteHeader(Html page, Exploration exploration)
    {
        page.Line("<header class=\"top\">").Line("<div>").Element("h1", "Every schedule of " + exploration.Scenario);
        if (exploration.About.Length > 0)
        {
            page.Element("p", exploration.About, "class=\"about\"");
        }

        string[] facts =
        [
            HeaderSection.Plural(exploration.Variants.Count, "variant"),
            .. exploration.Variants.Select(one => one.Mode.ToString().ToLowerInvariant()).Distinct(),
            exploration.Version.Length > 0 ? "CryptoSim " + exploration.Version : "",
        ];
        page.Element("p", string.Join(" · ", facts.Where(one => one.Length > 0)), "class=\"identity\"").Line("</div>").Line("</header>");
    }

    private static void WriteAgain(Html page, Exploration exploration)
    {
        Schedule? schedule = exploration.Variants.Select(one => one.Result.Failure?.Schedule).FirstOrDefault(one => one is not null);
        page.Line("<section id=\"again\">").Line("<h2>Explore it again</h2>").Line("<div class=\"card\"><dl>");
        Entry(page, "scenario", exploration.Path.Length > 0 ? exploration.Path : exploration.Scenario);
        Entry(page, "sha256", schedule?.Sha256 ?? "");
        Entry(page, "command", exploration.Command);
        Entry(page, "version", exploration.Version.Length > 0 ? "CryptoSim " + exploration.Version : "");
        page.Line("</dl></div></section>");
    }

    private static void Entry(Html page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Element("dt", name).Raw("<dd><code>").Text(value).Line("</code></dd>");
        }
    }
}

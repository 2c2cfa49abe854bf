using System.Globalization;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>Everything needed to get the same runs again, and to see that they are the same.</summary>
internal static class AgainSection
{
    private const int Listed = 24;

    public static void Write(Html page, RunSet runs, string command)
    {
        RunIdentity identity = runs.First.Identity;
        page.Line("<section id=\"again\">").Line("<h2>Run it again</h2>").Line("<div class=\"card\"><dl>");
        Entry(page, "scenario", (identity.Path.Length > 0 ? identity.Path : identity.Scenario) + "  sha256 " + identity.Sha256);
        Entry(page, "command", command);
        Entry(page, "seed", identity.Seed.ToString(CultureInfo.InvariantCulture));
        if (identity.Set.Count > 0)
        {
            Entry(page, "set", string.Join("  ", identity.Set));
        }

        Entry(page, "version", "CryptoSim " + runs.First.Version);
        page.Line("</dl></div>");
        page.Line("<details>").Element("summary", $"Fingerprints of {HeaderSection.Plural(runs.Records.Count, "run")}").Line("<div class=\"card scroll\" tabindex=\"0\"><table>")
            .Line("<thead><tr><th scope=\"col\">variant</th><th scope=\"col\">point</th><th scope=\"col\">replication</th><th scope=\"col\">ends</th><th scope=\"col\">events</th><th scope=\"col\">fingerprint</th></tr></thead><tbody>");
        foreach (RunRecord run in runs.Records.Take(Listed))
        {
            page.Raw("<tr><td>").Text(runs.NameOf(run.Identity.Variant)).Raw("</td><td><code>").Text(SweepPoint.Of(run).Label).Raw("</code></td><td>")
                .Text(run.Identity.Replication.ToString(CultureInfo.InvariantCulture)).Raw("</td><td>").Text(run.End.Ends).Raw("</td><td>")
                .Text(run.End.Events.ToString("#,0", CultureInfo.InvariantCulture)).Raw("</td><td><code>").Text(ValueText.Fingerprint(run.End.Fingerprint)).Line("</code></td></tr>");
        }

        page.Line("</tbody></table>");
        if (runs.Records.Count > Listed)
        {
            page.Element("p", $"The other {runs.Records.Count - Listed} are in summary.csv.", "class=\"lead\"");
        }

        page.Line("</div></details></section>");
    }

    private static void Entry(Html page, string name, string value) => page.Raw("<dt>").Text(name).Raw("</dt><dd><code>").Text(value).Line("</code></dd>");
}

using System.Globalization;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>What was run.</summary>
internal static class HeaderSection
{
    /// <summary>The two variants against each other, or the name of the scenario.</summary>
    public static string Title(RunSet runs) =>
        runs.Variants.Count == 2 ? $"{runs.NameOf(runs.Variants[0])} vs {runs.NameOf(runs.Variants[1])}" : runs.First.Identity.Scenario;

    public static void Write(Html page, RunSet runs)
    {
        RunIdentity identity = runs.First.Identity;
        page.Line("<header class=\"top\">").Line("<div>")
            .Element("h1", Title(runs));
        if (identity.About.Length > 0)
        {
            page.Element("p", identity.About, "class=\"about\"");
        }

        page.Element("p", string.Join(" · ", Facts(runs)), "class=\"identity\"")
            .Line("</div>")
            .Line("<button type=\"button\" id=\"theme\" hidden>Dark</button>")
            .Line("</header>");
    }

    private static IEnumerable<string> Facts(RunSet runs)
    {
        RunIdentity identity = runs.First.Identity;
        yield return "scenario " + identity.Scenario;
        yield return "seed " + identity.Seed.ToString(CultureInfo.InvariantCulture);
        yield return Plural(runs.Variants.Count, "variant");
        if (runs.HasSweep)
        {
            yield return Plural(runs.Points.Count, "sweep point");
        }

        if (runs.Replications > 1)
        {
            yield return Plural(runs.Replications, "replication");
        }

        double longest = runs.Records.Max(run => (double)run.End.AtPicoseconds);
        yield return $"up to {ValueText.Duration(longest)} of virtual time";
        yield return "CryptoSim " + runs.First.Version;
    }

    /// <summary><c>1 run</c>, <c>2 runs</c>.</summary>
    public static string Plural(int count, string noun, string? plural = null) =>
        $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? noun : plural ?? noun + "s")}";
}

using CryptoSim.Reports.Figures;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>One self-contained HTML file about the runs of one scenario: nothing is loaded from anywhere, and without scripts every figure is still there.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, IReadOnlyList<RunRecord> records, IReadOnlyList<ClaimResult> claims, string command, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(new ReportInput(records, claims, command)), cancellation);

    /// <summary>The page; the same bytes for the same input.</summary>
    public static string Render(ReportInput input)
    {
        var runs = new RunSet(input.Records);
        IReadOnlyList<Figure> figures = Gallery.Of(runs);
        string script = PageAssets.Script;
        var page = new Html();
        PageHead.Write(page, HeaderSection.Title(runs), script);
        page.Line("<body>").Line("<main>");
        HeaderSection.Write(page, runs);
        TilesSection.Write(page, runs, input.Claims);
        ClaimsSection.Write(page, input.Claims);
        HypotheticalSection.Write(page, runs);
        OutcomeSection.Write(page, runs);
        BlockedSection.Write(page, runs, figures);
        LatencySection.Write(page, runs, figures);
        StageSection.Write(page, runs, figures);
        FigureSection.Write(page, "requests", "Requests, phase by phase", "The first requests of the first replication, each variant from its first request on.", figures, FigureGroup.Requests);
        FigureSection.Write(page, "sweep", "Along the sweep", "Each point is a set of runs; the variants share their random streams.", figures, FigureGroup.Sweep);
        FigureSection.Write(page, "time", "Over time", "The first replication, by virtual time.", figures, FigureGroup.Time);
        AgainSection.Write(page, runs, input.Command);
        page.Line("</main>");
        if (script.Length > 0)
        {
            ChartData.Write(page, figures);
            page.Raw("<script>").Raw(script).Line("</script>");
        }

        return page.Line("</body>").Line("</html>").ToString();
    }
}

using CryptoSim.Reports.Figures;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>For each variant that did not complete: the sequence chart and the blocked report.</summary>
internal static class BlockedSection
{
    private const int Open = 2;   // variants in sight; the others are folded

    public static void Write(Html page, RunSet runs, IReadOnlyList<Figure> figures)
    {
        RunRecord[] blocked = [.. SequenceFigures.Blocked(runs)];
        if (blocked.Length == 0)
        {
            return;
        }

        string title = blocked.All(run => run.End.Ends == "deadlock") ? blocked.Length == 1 ? "The deadlock" : "The deadlocks" : "Who was left waiting";
        page.Line("<section id=\"blocked\">").Element("h2", title);
        foreach (RunRecord run in blocked.Take(Open))
        {
            One(page, run, figures);
        }

        if (blocked.Length > Open)
        {
            page.Line("<details>").Element("summary", "The other " + HeaderSection.Plural(blocked.Length - Open, "variant"));
            foreach (RunRecord run in blocked.Skip(Open))
            {
                One(page, run, figures);
            }

            page.Line("</details>");
        }

        page.Line("</section>");
    }

    private static void One(Html page, RunRecord run, IReadOnlyList<Figure> figures)
    {
        string id = SequenceFigures.IdOf(run);
        foreach (Figure figure in figures.Where(figure => figure.Id == id))
        {
            FigureSection.Card(page, figure);
        }

        page.Raw("<pre class=\"card scroll\" tabindex=\"0\">").Raw(Html.EscapeLines(Traces.BlockedReport.Text(run))).Line("</pre>");
    }
}

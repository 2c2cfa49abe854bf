using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>For each variant that did not complete: the sequence chart and the blocked report.</summary>
internal static class BlockedSection
{
    public static void Write(Html page, RunSet runs, IReadOnlyList<Figure> figures)
    {
        RunRecord[] blocked = [.. SequenceFigures.Blocked(runs)];
        if (blocked.Length == 0)
        {
            return;
        }

        string title = blocked.All(run => run.End.Ends == "deadlock") ? blocked.Length == 1 ? "The deadlock" : "The deadlocks" : "Who was left waiting";
        page.Line("<section id=\"blocked\">").Element("h2", title);
        foreach (RunRecord run in blocked)
        {
            string id = SequenceFigures.IdOf(run);
            foreach (Figure figure in figures.Where(figure => figure.Id == id))
            {
                FigureSection.Card(page, figure);
            }

            page.Raw("<pre class=\"card scroll\" tabindex=\"0\">").Raw(Html.EscapeLines(Traces.BlockedReport.Text(run))).Line("</pre>");
        }

        page.Line("</section>");
    }
}

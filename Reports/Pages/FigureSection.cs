using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Plots;

namespace CryptoSim.Reports.Pages;

/// <summary>Figures of one group under a heading.</summary>
internal static class FigureSection
{
    public static void Write(Html page, string id, string title, string lead, IReadOnlyList<Figure> figures, FigureGroup group)
    {
        Figure[] shown = [.. figures.Where(figure => figure.Group == group)];
        if (shown.Length == 0)
        {
            return;
        }

        page.Line($"<section id=\"{id}\">").Element("h2", title).Element("p", lead, "class=\"lead\"").Line("<div class=\"grid\">");
        foreach (Figure figure in shown)
        {
            Card(page, figure);
        }

        page.Line("</div></section>");
    }

    /// <summary>The drawing, which a script may replace by a chart one can zoom.</summary>
    public static void Card(Html page, Figure figure)
    {
        page.Line($"<figure class=\"card{(figure.Wide ? " wide" : "")}\" id=\"figure-{figure.Id}\">")
            .Raw("<div class=\"static scroll\" tabindex=\"0\">").Raw(figure.Draw(Theme.Named, figure.Size)).Line("</div>");
        if (figure.Chart is not null)
        {
            page.Line("<div class=\"live\" hidden>")
                .Element("div", figure.Labels?.Title ?? "", "class=\"title\"")
                .Element("div", figure.Labels?.Subtitle ?? "", "class=\"subtitle\"")
                .Line($"<div class=\"chart{(figure.Wide ? " tall" : "")}\" id=\"chart-{figure.Id}\" role=\"img\" aria-label=\"{Html.Escape(figure.Description)}\"></div>")
                .Line("</div>");
        }

        page.Line("</figure>");
    }
}

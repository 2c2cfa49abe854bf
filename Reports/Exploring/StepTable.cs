using System.Globalization;
using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>Every step of the failing schedule, with who else could have run.</summary>
internal static class StepTable
{
    private const int Open = 12;      // longer tables are folded
    private const int Most = 1000;

    public static void Write(Html page, FailingTrace failure)
    {
        page.Line(failure.Steps.Count <= Open ? "<details open>" : "<details>")
            .Element("summary", $"All {HeaderSection.Plural(failure.Steps.Count, "step")}, with who else could have run")
            .Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"steps\">")
            .Raw("<thead><tr><th scope=\"col\">step</th><th scope=\"col\">process</th><th scope=\"col\">context</th><th scope=\"col\">what happens</th>")
            .Line("<th scope=\"col\">source</th><th scope=\"col\">could also have run</th></tr></thead><tbody>");
        foreach (TraceStep step in failure.Steps.Take(Most))
        {
            Row(page, step, step.Number == failure.PointOfNoReturn);
        }

        page.Line("</tbody></table></div>");
        if (failure.Steps.Count > Most)
        {
            page.Element("p", $"{HeaderSection.Plural(failure.Steps.Count - Most, "further step")}: the schedule file has all.", "class=\"lead\"");
        }

        page.Line("</details>");
    }

    private static void Row(Html page, TraceStep step, bool turning)
    {
        string detail = StepMeaning.Detail(step);
        page.Raw(turning ? "<tr class=\"broken\"><th scope=\"row\"><span class=\"bad\">" : "<tr><th scope=\"row\"><span>")
            .Text(step.Number.ToString(CultureInfo.InvariantCulture) + (turning ? " no return" : "")).Raw("</span></th><td><code>").Text(step.Process)
            .Raw("</code></td><td>").Text(step.Context).Raw("</td><td>");
        page.Raw(StepMeaning.Shows(step) ? "<code>" + Html.Escape(step.Label) + "</code>" : "<span class=\"interval\">" + Html.Escape(StepMeaning.Text(step)) + "</span>");
        if (detail.Length > 0)
        {
            page.Raw(" <span class=\"interval\">").Text(detail).Raw("</span>");
        }

        page.Raw("</td><td><code>").Text(step.Source).Raw("</code></td><td><code>").Text(string.Join("  ", StepMeaning.Others(step))).Line("</code></td></tr>");
    }
}

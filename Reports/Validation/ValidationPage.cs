using System.Globalization;
using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Validation;

/// <summary>One self-contained HTML file about a validation: what must be known of the sources, and a table for each scenario with the errors drawn.</summary>
/// <remarks>It has no script and loads nothing; the same validation gives the same bytes.</remarks>
public static class ValidationPage
{
    /// <summary>Writes the page to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, ValidationReport report, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(report), cancellation);

    /// <summary>The page.</summary>
    public static string Render(ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new Html();
        PageHead.Write(page, "Validation", script: "");
        page.Line("<body>").Line("<main>");
        WriteHeader(page, report);
        WriteNotes(page, report);
        foreach (IGrouping<string, ValidatedRow> scenario in report.ByScenario)
        {
            WriteScenario(page, scenario.Key, [.. scenario]);
        }

        WriteAgain(page, report);
        return page.Line("</main>").Line("</body>").Line("</html>").ToString();
    }

    private static void WriteHeader(Html page, ValidationReport report)
    {
        string[] facts = [HeaderSection.Plural(report.Rows.Count, "row"), report.File, report.Version.Length > 0 ? "CryptoSim " + report.Version : ""];
        page.Line("<header class=\"top\">").Line("<div>").Element("h1", "Published and simulated")
            .Element("p", string.Join(" · ", report.Summary()), "class=\"about\"")
            .Element("p", string.Join(" · ", facts.Where(fact => fact.Length > 0)), "class=\"identity\"").Line("</div>").Line("</header>");
    }

    private static void WriteNotes(Html page, ValidationReport report)
    {
        if (report.Notes.Count == 0)
        {
            return;
        }

        page.Line("<section id=\"notes\">").Line("<h2>Read before the figures</h2>").Line("<div class=\"card story\">");
        foreach (string note in report.Notes)
        {
            page.Element("p", note);
        }

        page.Line("</div></section>");
    }

    private static void WriteScenario(Html page, string name, IReadOnlyList<ValidatedRow> rows)
    {
        PublishedRow first = rows[0].Row;
        string[] facts = [.. ((string[])[first.Platform, first.Kernel.Length > 0 ? "Linux " + first.Kernel : ""]).Where(fact => fact.Length > 0)];
        page.Line("<section class=\"scenario\">").Element("h2", name);
        if (facts.Length > 0)
        {
            page.Element("p", string.Join(", ", facts), "class=\"lead\"");
        }

        page.Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"verdicts validation\">")
            .Raw("<thead><tr><th scope=\"col\">id</th><th scope=\"col\">kind</th><th scope=\"col\">simulated by</th><th scope=\"col\" class=\"figure\">published</th>")
            .Line("<th scope=\"col\" class=\"figure\">simulated</th><th scope=\"col\" class=\"figure\">error</th><th scope=\"col\" class=\"band\">allowed</th><th scope=\"col\">verdict</th></tr></thead><tbody>");
        foreach (ValidatedRow row in rows)
        {
            WriteRow(page, row);
        }

        page.Line("</tbody></table></div></section>");
    }

    private static void WriteRow(Html page, ValidatedRow row)
    {
        PublishedRow published = row.Row;
        string tone = row.Pass switch { true => "good", false => "bad", null => "undecided" };
        page.Raw(row.Pass == false ? "<tr class=\"broken\">" : "<tr>").Raw("<th scope=\"row\">").Text(published.Id).Raw($"<span class=\"expected\">{Html.Escape(published.Source)}</span></th><td>").Text(ValidationText.Kind(published))
            .Raw("</td><td class=\"says\">").Text(ValidationText.What(published))
            .Raw($"<span class=\"expected\">{Html.Escape(Metric(row))}</span></td><td class=\"figure\">").Text(ValidationText.Value(published.Published, published.Unit))
            .Raw("</td><td class=\"figure\">").Text(ValidationText.Value(row.Simulated, published.Unit))
            .Raw("</td><td class=\"figure\">").Text(ValidationText.Error(row.ErrorPct)).Raw("</td><td class=\"band\">");
        ErrorBar.Write(page, row);
        page.Raw($"</td><td><span class=\"{tone}\">").Text(ValidationText.Verdict(row)).Raw("</span>")
            .Raw(row.Problem is null ? "" : $"<span class=\"expected\">{Html.Escape(row.Problem)}</span>").Line("</td></tr>");
    }

    private static string Metric(ValidatedRow row) => row.Row.Kind == RowKind.Qualitative ? (row.Found.Length > 0 ? "found " + row.Found : "") : row.Row.Metric;

    private static void WriteAgain(Html page, ValidationReport report)
    {
        page.Line("<section id=\"again\">").Line("<h2>Validate again</h2>").Line("<div class=\"card\"><dl>");
        page.Element("dt", "command").Raw("<dd><code>").Text(report.Command).Line("</code></dd>");
        page.Element("dt", "rows that failed").Raw("<dd>").Text(report.Failed.ToString(CultureInfo.InvariantCulture)).Line("</dd>");
        page.Line("</dl></div></section>");
    }
}

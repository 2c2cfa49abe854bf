using System.Globalization;
using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Showing;

/// <summary>One self-contained HTML file about the gallery: a table of all bugs, and for each its story, both verdicts, and who waited for whom.</summary>
/// <remarks>It has no script and loads nothing; the same gallery gives the same bytes, but for the wall times of the explorations.</remarks>
public static class GalleryPage
{
    /// <summary>Writes the page to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, GalleryReport gallery, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(gallery), cancellation);

    /// <summary>The page.</summary>
    public static string Render(GalleryReport gallery)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        var page = new Html();
        PageHead.Write(page, "The gallery", script: "");
        page.Line("<body>").Line("<main>");
        WriteHeader(page, gallery);
        WriteTable(page, gallery);
        foreach (ReportedEntry entry in gallery.Entries)
        {
            EntrySection.Write(page, entry, gallery.Program);
        }

        WriteAgain(page, gallery);
        return page.Line("</main>").Line("</body>").Line("</html>").ToString();
    }

    private static void WriteHeader(Html page, GalleryReport gallery)
    {
        int good = gallery.Entries.Count(entry => entry.AsExpected);
        string[] facts =
        [
            HeaderSection.Plural(gallery.Entries.Count, "bug"),
            string.Create(CultureInfo.InvariantCulture, $"{good} as expected"),
            gallery.Version.Length > 0 ? "CryptoSim " + gallery.Version : "",
        ];
        page.Line("<header class=\"top\">").Line("<div>").Element("h1", "The gallery")
            .Element("p", "Bugs of dm-crypt, the crypto API and its drivers, each failing as it did and mended.", "class=\"about\"")
            .Element("p", string.Join(" · ", facts.Where(fact => fact.Length > 0)), "class=\"identity\"").Line("</div>").Line("</header>");
    }

    private static void WriteTable(Html page, GalleryReport gallery)
    {
        page.Line("<section id=\"entries\">").Line("<h2>All entries</h2>").Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"verdicts\">")
            .Raw("<thead><tr><th scope=\"col\">id</th><th scope=\"col\">title</th><th scope=\"col\">source</th><th scope=\"col\">symptom</th>")
            .Line("<th scope=\"col\">buggy ends</th><th scope=\"col\">fixed ends</th><th scope=\"col\">the fix</th></tr></thead><tbody>");
        foreach (ReportedEntry entry in gallery.Entries)
        {
            page.Raw($"<tr{(entry.AsExpected ? "" : " class=\"broken\"")}><th scope=\"row\"><a href=\"#{EntrySection.Anchor(entry)}\">").Text(entry.Id).Raw("</a></th><td>").Text(entry.Title)
                .Raw("</td><td>").Text(entry.Source).Raw("</td><td class=\"says\">").Text(entry.Symptom).Raw("</td><td>").Text(entry.Buggy.Ends).Raw("</td><td>").Text(entry.Fixed.Ends).Raw("</td><td>");
            EntrySection.Verdict(page, entry);
            page.Line("</td></tr>");
        }

        page.Line("</tbody></table></div></section>");
    }

    private static void WriteAgain(Html page, GalleryReport gallery)
    {
        page.Line("<section id=\"again\">").Line("<h2>Show it again</h2>").Line("<div class=\"card\"><dl>");
        EntrySection.Fact(page, "command", gallery.Command);
        EntrySection.Fact(page, "version", gallery.Version.Length > 0 ? "CryptoSim " + gallery.Version : "");
        page.Line("</dl></div></section>");
    }
}

namespace CryptoSim.Reports.Pages;

/// <summary>What the scenario expects, and whether it came true.</summary>
internal static class ClaimsSection
{
    private const int Open = 12;   // more claims than this are folded, the broken ones stay in sight

    public static void Write(Html page, IReadOnlyList<ClaimResult> claims)
    {
        if (claims.Count == 0)
        {
            return;
        }

        page.Line("<section id=\"claims\">").Line("<h2>Claims of the scenario</h2>");
        ClaimResult[] broken = [.. claims.Where(claim => !claim.Holds)];
        if (claims.Count <= Open)
        {
            Table(page, claims);
        }
        else
        {
            if (broken.Length > 0)
            {
                Table(page, broken);
            }

            page.Line("<details>").Element("summary", broken.Length == 0 ? $"All {claims.Count} claims hold" : $"All {claims.Count} claims, {broken.Length} broken");
            Table(page, claims);
            page.Line("</details>");
        }

        page.Line("</section>");
    }

    /// <summary>The claims as a table.</summary>
    public static void Table(Html page, IReadOnlyList<ClaimResult> claims)
    {
        bool points = claims.Any(claim => claim.Point.Length > 0);
        bool variants = claims.Any(claim => claim.Variant.Length > 0);
        page.Line("<div class=\"card scroll\" tabindex=\"0\"><table>").Line("<thead><tr>")
            .Line("<th scope=\"col\">verdict</th><th scope=\"col\">claim</th>")
            .Line((variants ? "<th scope=\"col\">variant</th>" : "") + (points ? "<th scope=\"col\">point</th>" : ""))
            .Line("<th scope=\"col\">measured</th>").Line("</tr></thead>").Line("<tbody>");
        foreach (ClaimResult claim in claims)
        {
            page.Raw(claim.Holds ? "<tr><td><span class=\"good\">✓ holds</span></td>" : "<tr class=\"broken\"><td><span class=\"bad\">✗ broken</span></td>")
                .Raw("<td><code>").Text(claim.Claim).Raw("</code></td>")
                .Raw(variants ? "<td>" + Html.Escape(claim.Variant) + "</td>" : "")
                .Raw(points ? "<td><code>" + Html.Escape(claim.Point) + "</code></td>" : "")
                .Raw("<td>").Text(claim.Value).Raw(claim.Interval is null ? "" : " <span class=\"interval\">" + Html.Escape(claim.Interval) + "</span>")
                .Line("</td></tr>");
        }

        page.Line("</tbody></table></div>");
    }
}

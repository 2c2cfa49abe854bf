using System.Globalization;
using CryptoSim.Reports.Pages;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>All variants: verdict, what it says, and how much was visited for it; below it what each phase did.</summary>
internal static class VerdictSection
{
    public static void Write(Html page, Exploration exploration)
    {
        bool sizes = exploration.Variants.Any(one => one.Size.Count > 0);
        page.Line("<section id=\"verdicts\">").Line("<h2>Verdicts</h2>")
            .Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"verdicts\">")
            .Raw("<thead><tr><th scope=\"col\">variant</th><th scope=\"col\">verdict</th><th scope=\"col\">what it says</th>")
            .Raw(sizes ? "<th scope=\"col\">size</th>" : "")
            .Line("<th scope=\"col\" class=\"figure\">states</th><th scope=\"col\" class=\"figure\">transitions</th><th scope=\"col\" class=\"figure\">time</th><th scope=\"col\" class=\"figure\">peak memory</th></tr></thead><tbody>");
        foreach (ExploredVariant one in exploration.Variants)
        {
            Row(page, one, sizes);
        }

        page.Line("</tbody></table></div>");
        Phases(page, exploration);
        page.Line("</section>");
    }

    private static void Row(Html page, ExploredVariant one, bool sizes)
    {
        ExplorationCounts counts = one.Result.Counts;
        page.Raw("<tr><th scope=\"row\">").Text(NameOf(one)).Raw("</th><td>");
        Badge(page, one);
        page.Raw("</td><td class=\"says\">").Text(Says(one)).Raw("</td>")
            .Raw(sizes ? "<td class=\"size\">" + string.Concat(one.Size.Select(size => $"<code>{Html.Escape(size)}</code>")) + "</td>" : "")
            .Raw("<td class=\"figure\">").Text(Figure(counts.States)).Raw("</td><td class=\"figure\">").Text(Figure(counts.Transitions))
            .Raw("</td><td class=\"figure\">").Text(Or(ExplorationWords.Wall(counts.Seconds))).Raw("</td><td class=\"figure\">")
            .Text(Or(ExplorationWords.Memory(counts))).Line("</td></tr>");
    }

    private static string Says(ExploredVariant one) => one.Result.Verdict is ExplorationVerdict.Proved or ExplorationVerdict.Covered
        ? $"{ExplorationWords.Meaning(one.Result)}; {ExplorationWords.Mode(one.Mode)}" : ExplorationWords.Meaning(one.Result);

    private static void Badge(Html page, ExploredVariant one)
    {
        string mark = one.Result.Verdict switch { ExplorationVerdict.Failed => "✗ ", ExplorationVerdict.Proved => "✓ ", _ => "" };
        string tone = one.Result.Verdict switch { ExplorationVerdict.Failed => "bad", ExplorationVerdict.Proved => "good", _ => "undecided" };
        page.Raw($"<span class=\"{tone}\">").Text(mark + ExplorationWords.Word(one.Result)).Raw("</span>");
        if (one.AsExpected is { } holds)
        {
            page.Raw($"<span class=\"expected{(holds ? "" : " bad")}\">").Text(holds ? "as expected" : $"NOT as expected{(one.Expected.Length > 0 ? ": " + one.Expected : "")}").Raw("</span>");
        }
    }

    private static void Phases(Html page, Exploration exploration)
    {
        if (exploration.Variants.All(one => one.Result.Phases.Count == 0))
        {
            return;
        }

        page.Line("<details>").Element("summary", "What each phase did").Line("<div class=\"card scroll\" tabindex=\"0\"><table>")
            .Line("<thead><tr><th scope=\"col\">variant</th><th scope=\"col\">phase</th><th scope=\"col\">outcome</th><th scope=\"col\">detail</th><th scope=\"col\" class=\"figure\">time</th></tr></thead><tbody>");
        foreach (ExploredVariant one in exploration.Variants)
        {
            foreach (PhaseReport phase in one.Result.Phases)
            {
                page.Raw("<tr><td>").Text(NameOf(one)).Raw("</td><td>").Text($"{phase.Number.ToString(CultureInfo.InvariantCulture)} {phase.Name}")
                    .Raw(phase.Failed ? "</td><td class=\"bad\">" : "</td><td>").Text(phase.Outcome).Raw("</td><td>").Text(phase.Detail)
                    .Raw("</td><td class=\"figure\">").Text(Or(ExplorationWords.Wall(phase.Seconds))).Line("</td></tr>");
            }
        }

        page.Line("</tbody></table></div></details>");
    }

    /// <summary>The variant, or words for the scenario itself.</summary>
    public static string NameOf(ExploredVariant one) => one.Variant.Length > 0 ? one.Variant : "(no variant)";

    private static string Figure(long value) => value == 0 ? "–" : value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Or(string text) => text.Length > 0 ? text : "–";
}

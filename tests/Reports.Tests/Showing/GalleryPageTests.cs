using System.Text.RegularExpressions;
using CryptoSim.Reports.Showing;
using CryptoSim.Reports.Tests.TestKit;
using Xunit;

namespace CryptoSim.Reports.Tests.Showing;

public sealed partial class GalleryPageTests
{
    private static readonly string Page = GalleryPage.Render(MadeUpGallery.All);

    [Fact]
    public void The_page_has_no_script_and_refers_to_nothing_outside()
    {
        Assert.Contains("default-src 'none'; script-src 'none'", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), Page);
    }

    [Fact]
    public void Every_entry_has_a_row_that_leads_to_its_section()
    {
        string[] targets = [.. Regex.Matches(Page, "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value)];

        Assert.Equal(["entry-b01", "entry-b06", "entry-b02", "entry-b03"], targets);
        Assert.All(targets, target => Assert.Single(Regex.Matches(Page, $"id=\"{target}\"")));
    }

    [Fact]
    public void An_entry_tells_its_story_in_paragraphs_then_its_verdicts_then_its_cause_and_chain()
    {
        int[] order = [.. new[] { "<p>caam_jr_enqueue() looks for room in its ring.</p>", "<p>The second paragraph.</p>", "deadlock at 45.", ">DEADLOCK</span></td>", ">PROVED</span></td>", "class=\"card cause\"", "class=\"card waits\"", "gallery B01" }
            .Select(text => Page.IndexOf(text, StringComparison.Ordinal))];

        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void A_hang_that_was_not_explored_has_the_chain_of_its_run()
    {
        string page = GalleryPage.Render(MadeUpGallery.Of(MadeUpGallery.RunOnly));

        Assert.Contains("The run ends as deadlock", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "aria-label=\"Wait chain"));
        Assert.Contains("not explored: the claim is about a metric", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_of_speed_has_neither_cause_nor_chain()
    {
        string page = GalleryPage.Render(MadeUpGallery.Of(MadeUpGallery.Speed));

        Assert.Contains("by metric", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"card cause\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_is_not_as_expected_says_so()
    {
        Assert.Single(Regex.Matches(Page, "NOT as expected"));
        Assert.Contains("✗ not proved", Page, StringComparison.Ordinal);
        Assert.Contains("4 bugs · 3 as expected", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_names_is_escaped()
    {
        string page = GalleryPage.Render(MadeUpGallery.HostileAll);

        Assert.DoesNotContain("<b ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_gallery_gives_the_same_page() => Assert.Equal(Page, GalleryPage.Render(MadeUpGallery.All));

    [Fact]
    public void Tables_name_their_rows_and_columns_to_those_who_hear_them() => Assert.DoesNotMatch("<th>|<th class", Page);

    [GeneratedRegex("""(src|href|action|data|poster)\s*=\s*["'](?!#)|url\(\s*["']?https?:|@import""")]
    private static partial Regex Reference();
}

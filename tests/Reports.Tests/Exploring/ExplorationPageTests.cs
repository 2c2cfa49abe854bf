using System.Text.RegularExpressions;
using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Exploration;
using Xunit;

namespace CryptoSim.Reports.Tests.Exploring;

public sealed partial class ExplorationPageTests
{
    private static readonly string Page = ExplorationPage.Render(CaamExploration.All);

    [Fact]
    public void The_page_has_no_script_and_refers_to_nothing_outside()
    {
        Assert.Contains("default-src 'none'; script-src 'none'", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), Page);
    }

    [Fact]
    public void Every_variant_has_its_verdict_what_it_says_and_its_size()
    {
        Assert.Contains("✓ PROVED", Page, StringComparison.Ordinal);
        Assert.Contains("no answer: nothing fails within 2 preemptions, 1,200,000 states; beyond it nothing is known", Page, StringComparison.Ordinal);
        Assert.Contains("NOT as expected: explore: proved", Page, StringComparison.Ordinal);
        Assert.Contains("<code>writer.size=4KiB</code>", Page, StringComparison.Ordinal);
        Assert.Equal(5, Regex.Count(Page, "<tr><th scope=\"row\">[a-z0-9.-]+</th><td><span class"));
    }

    [Fact]
    public void The_cause_stands_before_the_chain_the_charts_and_the_steps()
    {
        int[] order = [.. new[] { "class=\"card cause\"", "class=\"card waits\"", "The schedule that fails", "The closest that passes", "class=\"steps\"", "replay out/" }
            .Select(text => Page.IndexOf(text, StringComparison.Ordinal))];

        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void The_point_of_no_return_is_marked_in_the_chart_and_in_the_table()
    {
        Assert.Contains(">step 6</text>", Page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(Page, ">no return</text>"));
        Assert.Contains("<tr class=\"broken\"><th scope=\"row\"><span class=\"bad\">6 no return</span></th>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_is_drawn_to_its_end_and_not_again_for_those_who_wait_further_along_it()
    {
        Assert.Single(Regex.Matches(Page, "aria-label=\"Wait chain"));
        Assert.Contains(">(nobody)</text>", Page, StringComparison.Ordinal);
        Assert.Contains("waits for io_getevents owed by kioctx", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_drawn_once_with_an_arrow_back()
    {
        string page = ExplorationPage.Render(CaamExploration.Of(new ExploredVariant("abba", CaamExploration.Cycle)));

        Assert.Single(Regex.Matches(page, "aria-label=\"Wait chain"));
        Assert.Contains(">owed by b</text>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_else_could_have_run_stands_beside_each_step() =>
        Assert.Matches("6 no return.*?<code>jr0/deco0</code></td></tr>", Page);

    [Fact]
    public void An_exploration_in_which_nothing_fails_has_verdicts_and_no_causes()
    {
        string page = ExplorationPage.Render(CaamExploration.Of(CaamExploration.Fixed));

        Assert.Contains("✓ PROVED", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"failure\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_which_little_is_known_still_has_a_page()
    {
        var trace = new FailingTrace { Schedule = new Schedule(), Steps = [], End = CaamExploration.Trace.End with { Blocked = [] } };
        string page = ExplorationPage.Render(CaamExploration.Of(new ExploredVariant("", new ExplorationResult { Verdict = ExplorationVerdict.Failed, Failure = trace })));

        Assert.Contains("The point of no return is not known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_names_is_escaped()
    {
        string page = ExplorationPage.Render(HostileExploration.All);

        Assert.DoesNotContain("<b ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;window.broken=1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_exploration_gives_the_same_page() => Assert.Equal(Page, ExplorationPage.Render(CaamExploration.All));

    [Fact]
    public void Tables_name_their_rows_and_columns_to_those_who_hear_them() => Assert.DoesNotMatch("<th>|<th class", Page);

    [GeneratedRegex("""(src|href|action|data|poster)\s*=\s*["'](?!#)|url\(\s*["']?https?:|@import""")]
    private static partial Regex Reference();
}

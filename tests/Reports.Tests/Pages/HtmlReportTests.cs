using System.Text.RegularExpressions;
using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Pages;

public sealed partial class HtmlReportTests
{
    private static readonly Lazy<string> Sweep = new(() => Render(MadeUp.Sweep(replications: 2, bios: 100)));

    [Fact]
    public void The_page_refers_to_nothing_outside()
    {
        string page = Sweep.Value;

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), page);
        Assert.DoesNotContain("unsafe-eval", page, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'unsafe-inline'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_how_to_run_it_again()
    {
        Assert.Contains("<code>cryptosim compare &quot;x&quot;</code>", Sweep.Value, StringComparison.Ordinal);
        Assert.Contains(CaamDeadlock.Deadlock().Identity.Sha256, Sweep.Value, StringComparison.Ordinal);
        Assert.Contains("<code>20150505</code>", Sweep.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_runs_give_the_same_page() => Assert.Equal(Sweep.Value, Render(MadeUp.Sweep(replications: 2, bios: 100)));

    [Fact]
    public void Broken_claims_stay_in_sight_when_there_are_many()
    {
        ClaimResult[] claims = [.. Enumerable.Range(0, 50).Select(i => new ClaimResult($"claim {i}", "", "", i != 33, "v", null))];
        string page = HtmlReport.Render(new ReportInput(CaamDeadlock.All, claims, "c"));

        Assert.True(page.IndexOf("claim 33", StringComparison.Ordinal) < page.IndexOf("<details>", StringComparison.Ordinal));
        Assert.Contains("1 broken", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_design_that_no_kernel_has_is_said_to_be_hypothetical_and_others_are_not()
    {
        RunRecord park = Keyslots.All[1];
        RunRecord fallback = park with
        {
            Identity = MadeUp.Identity("keyslot-starvation", "on-the-cpu", []),
            Metrics = [.. park.Metrics, new("ufs0.keyslot.exhausted", 5, "")],
        };

        Assert.DoesNotContain("Hypothetical", Render(Keyslots.All), StringComparison.Ordinal);
        Assert.Contains("Hypothetical: </strong>on-the-cpu with no_keyslot: fallback", Render([park, fallback]), StringComparison.Ordinal);
    }

    [Fact]
    public void More_variants_than_columns_are_rows_with_a_bar_for_the_throughput()
    {
        RunRecord[] Runs(int variants) => [.. Enumerable.Range(1, variants).Select(i => Of($"v{i}", i))];

        string wide = Render(Runs(6)), tall = Render(Runs(7));

        Assert.DoesNotContain("class=\"bar\"", wide, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">variant</th>", tall, StringComparison.Ordinal);
        Assert.Contains("style=\"--of-most:100%\">700</td>", tall, StringComparison.Ordinal);
        Assert.Contains("style=\"--of-most:14.3%\">100</td>", tall, StringComparison.Ordinal);

        static RunRecord Of(string variant, int i) => MadeUp.Run(variant, 4, 0, 20) with
        {
            Identity = MadeUp.Identity("many", variant, []),
            Metrics = [new("randwrite.bandwidth", i * 100 * 1_048_576, "B/s")],
        };
    }

    [Fact]
    public void The_deadlock_stands_before_the_latencies_and_comes_with_its_chart_and_text()
    {
        string page = Render(CaamDeadlock.All);

        Assert.True(page.IndexOf("id=\"blocked\"", StringComparison.Ordinal) < page.IndexOf("id=\"latency\"", StringComparison.Ordinal));
        Assert.Contains("id=\"figure-sequence-caam-4.1\"", page, StringComparison.Ordinal);
        Assert.Contains("owner    req#4 was answered EBUSY by jr0 and is in no queue", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_run_without_anything_measured_still_has_a_page()
    {
        string page = Render([CaamDeadlock.Deadlock() with { Metrics = [], Steps = [], Trace = [], End = MadeUp.Completed(1, 1) }]);

        Assert.Contains("Run it again", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_name_their_rows_and_columns_to_those_who_hear_them()
    {
        Assert.DoesNotMatch("<th>|<th class", Sweep.Value);
        Assert.DoesNotMatch("<table[^>]*>(?!\n?(<caption|<thead))", Sweep.Value);
    }

    [GeneratedRegex("""(src|href|action|data|poster)\s*=\s*["'](?!#)|url\(\s*["']?https?:|@import""")]
    private static partial Regex Reference();

    private static string Render(IReadOnlyList<Simulator.Recording.RunRecord> records)
    {
        string page = HtmlReport.Render(new ReportInput(records, [], "cryptosim compare \"x\""));

        // The bundled library is code of others, and has such words in it.
        return Regex.Replace(page, "<script>.*?</script>", "<script></script>", RegexOptions.Singleline);
    }
}

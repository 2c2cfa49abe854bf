using System.Text;
using System.Text.RegularExpressions;
using CryptoSim.Reports.Planning;
using Xunit;

namespace CryptoSim.Reports.Tests.Planning;

public sealed partial class KeyslotPageTests
{
    private static readonly Lazy<string> Page = new(() => Render(MadeUpPlan.Report));

    [Fact]
    public void The_page_refers_to_nothing_outside_and_is_the_same_each_time()
    {
        Assert.Contains("default-src 'none'", Page.Value, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), Page.Value);
        Assert.Equal(Page.Value, Render(MadeUpPlan.Report));
    }

    [Fact]
    public void Without_a_script_every_quantity_has_a_map_for_each_design_and_mix()
    {
        int quantities = KeyslotQuantity.All.Count;
        Assert.Equal(quantities * 3 * 3, Regex.Count(Page.Value, "<table class=\"map\">"));
        Assert.Equal(quantities, Regex.Count(Page.Value, "<figure class=\"card wide heat\""));
        Assert.Contains("title=\"2 slots, 4 keys: 25.0 %, 95 % interval 22.5 % to 27.5 %\">25 %</td>", Page.Value, StringComparison.Ordinal);
        Assert.Contains("title=\"1 slot, 256 keys: deadlock: nobody comes\">✗</td>", Page.Value, StringComparison.Ordinal);
        Assert.Contains("title=\"2 slots, 256 keys: nothing is known\">–</td>", Page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_part_at_the_limit()
    {
        // 1 of 64 slots' share of 256 keys is beyond 1 %, that of 64 of 64 is none.
        Assert.Matches("background:var\\(--heat-2\\)[^>]*title=\"32 slots, 64 keys: 1\\.56 %", Page.Value);
        Assert.Matches("background:var\\(--heat-0\\)[^>]*title=\"64 slots, 64 keys: 0 %", Page.Value);
        Assert.Matches("background:var\\(--heat-1\\)[^>]*title=\"64 slots, 256 keys: 1\\.17 %".Replace("heat-1", "heat-2", StringComparison.Ordinal), Page.Value);
        Assert.Matches("background:var\\(--heat-5\\)[^>]*title=\"1 slot, 4 keys: 75\\.0 %", Page.Value);
    }

    [Fact]
    public void The_answer_says_what_is_enough_what_is_not_and_what_is_open()
    {
        Assert.Contains("title=\"park: 16 slots\">16</span>", Page.Value, StringComparison.Ordinal);
        Assert.Contains("title=\"park: 64 slots are not enough, more than 1 % of the encrypted I/O finds none\">&gt;64</span>", Page.Value, StringComparison.Ordinal);
        Assert.Contains(">&gt;64?</span>", Page.Value, StringComparison.Ordinal);
        Assert.Equal(KeyslotQuantity.All.Count * 3 * 3 * 3, Regex.Count(Page.Value, "<td class=\"frame\""));   // of three numbers of keys enough are known
    }

    [Fact]
    public void A_plan_that_was_cancelled_says_so()
    {
        Assert.DoesNotContain("Cancelled:", Page.Value, StringComparison.Ordinal);
        Assert.Contains("Cancelled:", Render(MadeUpPlan.Report with { IsComplete = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_name_their_rows_and_columns_to_those_who_hear_them()
    {
        Assert.DoesNotMatch("<th>|<th class", Page.Value);
        Assert.DoesNotMatch("<table[^>]*>(?!\n?(<caption|<thead))", Page.Value);
    }

    [Fact]
    public void Csv_has_a_row_for_each_point_and_every_number_a_unit()
    {
        using MemoryStream stream = new();
        KeyslotCsv.Write(stream, MadeUpPlan.Report);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + (3 * 3 * 5 * 7), lines.Length);
        Assert.Equal(
            "design,unencrypted_percent,keys,slots,replications,problem,"
            + "no_slot_share,no_slot_share_low,no_slot_share_high,programs_per_s,programs_per_s_low,programs_per_s_high,"
            + "plain_added_ns,plain_added_ns_low,plain_added_ns_high,plain_p50_ns,plain_p50_ns_low,plain_p50_ns_high,plain_p99_ns,plain_p99_ns_low,plain_p99_ns_high,"
            + "encrypted_added_ns,encrypted_added_ns_low,encrypted_added_ns_high,encrypted_p99_ns,encrypted_p99_ns_low,encrypted_p99_ns_high,"
            + "encrypted_iops_per_s,encrypted_iops_per_s_low,encrypted_iops_per_s_high,encrypted_lost_share,encrypted_lost_share_low,encrypted_lost_share_high,"
            + "programs_floor_per_s,programs_lru_per_s",
            lines[0]);
        Assert.StartsWith("park,30,4,2,5,,0.25,0.225,0.275,2000,1800,2200,2500000,2250000,2750000,100000,", lines.Single(line => line.StartsWith("park,30,4,2,", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("park,10,256,1,0,deadlock: nobody comes,,,,", lines.Single(line => line.StartsWith("park,10,256,1,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [GeneratedRegex("""(src|href|action|data|poster)\s*=\s*["'](?!#)|url\(\s*["']?https?:|@import""")]
    private static partial Regex Reference();

    private static string Render(KeyslotReport report) =>
        Regex.Replace(KeyslotPage.Render(report), "<script>.*?</script>", "<script></script>", RegexOptions.Singleline);
}

using CryptoSim.Scenarios.Claims;

namespace CryptoSim.Scenarios.Tests.Claims;

public class ClaimParserTests
{
    private static readonly string[] Variants = ["caam", "caam-4.1", "revert", "4-bios"];

    [Theory]
    [InlineData("jr0.backlog.max <= 1")]
    [InlineData("jr0.backlog.max<=1")]
    [InlineData("1 >= jr0.backlog.max")]
    [InlineData("metadata.latency.p99.9 < 1.5ms")]
    [InlineData("jr0.bytes == 64KiB")]
    [InlineData("writer.bandwidth > 100MiB/s")]
    [InlineData("jr0.ring.mean in 2.5..3.5")]
    [InlineData("a.latency.p99 in 1ms..2ms")]
    [InlineData("a.iops > 1.5 * b.iops")]
    [InlineData("a.iops * 2 > b.iops * 1.5")]
    [InlineData("a.iops in 0.45..0.55 * b.iops")]
    [InlineData("a.ios == 10_000")]
    public void The_grammar_of_claims(string text)
    {
        Assert.NotNull(ClaimParser.Parse(text, null, out ClaimProblem? problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("a", 1, "the claim 'a' ends where a comparison (<, <=, >, >=, ==, in) belongs")]
    [InlineData("a <", 3, "the claim 'a <' ends where a number or a metric belongs")]
    [InlineData("a = 3", 2, "'=' stands where a comparison (<, <=, >, >=, ==, in) belongs")]
    [InlineData("a ≤ 3", 2, "'≤' stands where a comparison (<, <=, >, >=, ==, in) belongs")]
    [InlineData("3 < 4", 0, "the claim '3 < 4' compares two numbers; a side names a metric")]
    [InlineData("a < 3 4", 6, "'4' stands where the end of the claim belongs")]
    [InlineData("a < 2m", 4, "'2m' has the unit 'm', which is not one of ps, ns, us, ms, s; did you mean 2ms?")]
    [InlineData("a < 4k", 4, "'4k' has the unit 'k', which is not one of B, KiB, MiB, GiB, TiB; did you mean 4KiB?")]
    [InlineData("a < 3 * 4", 8, "'4' stands where a metric (such as jr0.backlog.max) belongs")]
    [InlineData("a < 3ms * b", 4, "'3ms' has a unit; a factor is a bare number, such as 1.5")]
    [InlineData("a in 1..2ms", 5, "the ends of the range have different units; write both with their unit, such as 1ms..2ms")]
    [InlineData("a in 2..1", 5, "the range ends before it begins; write the smaller end first")]
    [InlineData("a in 1", 6, "the claim 'a in 1' ends where '..' of a range (a..b) belongs")]
    [InlineData("a < ,", 4, "',' stands where a number or a metric belongs")]
    public void A_text_that_is_no_claim_says_why_and_where(string text, int offset, string message)
    {
        Assert.Null(ClaimParser.Parse(text, null, out ClaimProblem? problem));
        Assert.Equal(new ClaimProblem(offset, message), problem);
    }

    [Theory]
    [InlineData("caam-4.1.jr0.x > 1", "caam-4.1", "jr0.x")]
    [InlineData("caam.jr0.x > 1", "caam", "jr0.x")]
    [InlineData("2 * 4-bios.jr0.x > 1", "4-bios", "jr0.x")]
    public void Between_variants_the_longest_declared_name_wins(string text, string variant, string metric)
    {
        MetricName name = ClaimParser.Parse(text, Variants, out _)!.Left.Metric!;
        Assert.Equal((variant, metric), (name.Variant, name.Name));
    }

    [Theory]
    [InlineData("jr0.x > 1", "'jr0.x' does not begin with a variant, as in 'caam.jr0.x'; the variants are caam, caam-4.1, revert, 4-bios")]
    [InlineData("revrt.jr0.x > 1", "'revrt.jr0.x' does not begin with a variant; did you mean 'revert'?")]
    public void Between_variants_a_metric_begins_with_one(string text, string message)
    {
        Assert.Null(ClaimParser.Parse(text, Variants, out ClaimProblem? problem));
        Assert.Equal(message, problem!.Message);
    }

    [Fact]
    public void A_mistake_in_a_claim_is_reported_at_its_column_in_the_file() => Assert.Equal(
        ["s.yaml:6:47: '2m' has the unit 'm', which is not one of ps, ns, us, ms, s; did you mean 2ms?"],
        Samples.Errors(Samples.Small + "\nexpect: { every: { holds: [user.latency.p99 < 2m] } }"));

    [Fact]
    public void A_metric_of_a_part_that_is_almost_one_is_known_to_be_wrong_before_anything_runs() => Assert.Equal(
        ["s.yaml:6:28: there is no part named 'jr1'; did you mean 'jr0.ring.max'?"],
        Samples.Errors(Samples.Small + "\nexpect: { every: { holds: [jr1.ring.max < 2, crypto.requests > 1] } }"));

    [Theory]
    [InlineData("expect: 3", "expect is a single value; it holds variants, each with ends, blocked or holds")]
    [InlineData("expect: { evry: { ends: completed } }", "expect: there is no variant 'evry'; did you mean 'every'?")]
    [InlineData("expect: { every: completed }", "expect.every is a single value; it takes the keys ends, rule, blocked, outputs, holds, explore")]
    [InlineData("expect: { every: { end: completed } }", "unknown key 'end' in expect.every; did you mean 'ends'?")]
    [InlineData("expect: { every: { ends: dedlock } }", "expect.every.ends: 'dedlock' is not one of completed, io-error, corruption, deadlock, livelock, time-limit, fault; did you mean 'deadlock'?")]
    [InlineData("expect: { every: { blocked: [a] } }", "expect.every.blocked is a list; it names processes and what they wait on, for example { kcryptd/0: ctx->restart }")]
    [InlineData("expect: { every: { holds: jr0.ring.max < 1 } }", "expect.every.holds is a single value; it is a list of claims, for example [jr0.backlog.max <= 1]")]
    [InlineData("expect: { every: { holds: [{ claim: jr0.ring.max < 1, at: { jr0.depth: 8 } }] } }", "at: 'jr0.depth' is not swept; nothing is")]
    [InlineData("sweep: { jr0.depth: [4] }\nexpect: { every: { holds: [{ claim: jr0.ring.max < 1, at: { jr0.depth: 8 } }] } }", "at: jr0.depth is never '8'; its values are 4")]
    [InlineData("report: [trce]", "'trce' is not a report; did you mean 'trace'?")]
    [InlineData("report: trace", "report is a single value; it is a list of outputs, for example [trace, summary.csv]")]
    [InlineData("explore: { mode: jiter }", "explore.mode: 'jiter' is not one of untimed, jitter, timed; did you mean 'jitter'?")]
    [InlineData("explore: { stats: 5 }", "unknown key 'stats' in explore; did you mean 'states'?")]
    [InlineData("explore: { states: 0 }", "explore.states: '0' is out of range; states is a count, at least 1")]
    [InlineData("explore: { memory: 5 }", "explore.memory: '5' has no unit; a size is written with one, such as 4KiB")]
    [InlineData("explore: { set: 5 }", "explore.set is a single value; it holds dotted paths and values, for example { writer.size: 8KiB }")]
    [InlineData("explore: { set: { usr.number_ios: 1 } }", "there is no path 'usr.number_ios'; did you mean 'user.number_ios'?")]
    [InlineData("explore: { set: { user.number_ios: 0 } }", "user.number_ios: '0' is out of range; number_ios is a count, at least 1")]
    [InlineData("explore: { set: { user.number_ios: null } }", "user never ends: give it size, number_ios or runtime")]
    [InlineData("explore: 5", "explore is a single value; it holds the size and the limits of an exploration, for example { set: { writer.size: 8KiB } }")]
    [InlineData("expect: { every: { explore: prooved } }", "expect.every.explore: 'prooved' is not one of proved, deadlock, lost-wakeup, livelock, corruption, fault, io-error; did you mean 'proved'?")]
    public void A_mistake_in_a_block_is_named(string block, string message) =>
        Assert.Contains(Samples.Errors(Samples.Small + "\n" + block), e => e.EndsWith(": " + message, StringComparison.Ordinal));
}

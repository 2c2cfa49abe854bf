using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Tests.Claims;

public class ClaimEvaluatorTests
{
    [Theory]
    [InlineData("m.count < 5", true)]
    [InlineData("m.count < 4", false)]
    [InlineData("m.count <= 4", true)]
    [InlineData("m.count > 4", false)]
    [InlineData("m.count > 3.5", true)]
    [InlineData("m.count >= 4", true)]
    [InlineData("m.count == 4", true)]
    [InlineData("m.count == 4.5", false)]
    [InlineData("5 > m.count", true)]
    [InlineData("m.count in 4..5", true)]
    [InlineData("m.count in 3..4", true)]
    [InlineData("m.count in 1..3.9", false)]
    [InlineData("2 * m.count == 8", true)]
    [InlineData("m.count * 2 < 8", false)]
    [InlineData("m.time < 2ms", true)]
    [InlineData("m.time == 1.5ms", true)]
    [InlineData("m.time in 1ms..1.4ms", false)]
    [InlineData("m.time > 0", true)]
    [InlineData("m.rate > 99", true)]
    [InlineData("m.rate == 0", false)]
    [InlineData("m.bytes == 4KiB", true)]
    [InlineData("m.speed >= 1MiB/s", true)]
    [InlineData("m.count >= 0.5 * m.other", true)]
    [InlineData("m.count in 0.4..0.5 * m.other", true)]
    [InlineData("m.count in 0.6..0.7 * m.other", false)]
    [InlineData("m.count in 0..0.5 * m.other", true)]
    [InlineData("m.count in 0..0.4 * m.other", false)]
    [InlineData("0 * m.count >= m.other", false)]
    public void A_claim_is_a_comparison_of_metrics(string claim, bool holds)
    {
        ClaimOutcome outcome = Evaluate(claim, [Sample()]);
        Assert.Equal(holds, outcome.Holds);
        Assert.Null(outcome.Interval);
    }

    [Theory]
    [InlineData("m.time < 2", "the left side is a duration (such as 2ms), the right side is a number without unit")]
    [InlineData("m.count < 2ms", "the left side is a number without unit, the right side is a duration (such as 2ms)")]
    [InlineData("m.time < m.count", "the left side is a duration (such as 2ms), the right side is a number without unit")]
    [InlineData("m.rate < 2MiB/s", "the left side is a rate per second, the right side is a bandwidth (such as 100MiB/s)")]
    [InlineData("m.cuont < 2", "no metric 'm.cuont'; did you mean 'm.count'?")]
    [InlineData("m.nothing_alike < 2", "no metric 'm.nothing_alike' in a run that ended completed; there is m.bytes, m.count, m.other, m.rate, m.speed, m.time")]
    public void A_claim_that_cannot_be_told_is_broken_and_says_why(string claim, string why)
    {
        ClaimOutcome outcome = Evaluate(claim, [Sample()]);
        Assert.Equal((false, why), (outcome.Holds, outcome.Value));
    }

    [Fact]
    public void The_mean_over_the_replications_decides_and_the_interval_stands_beside()
    {
        ClaimOutcome outcome = Evaluate("m.count > 4", [Sample(3), Sample(5), Sample(7)]);
        Assert.Equal((true, "5"), (outcome.Holds, outcome.Value));
        Assert.Equal("0.0317 to 9.968", outcome.Interval); // 5 -+ 4.302653 * 2 / sqrt(3)
    }

    [Fact]
    public void Two_metrics_give_a_ratio_with_the_interval_over_pairs()
    {
        ClaimOutcome outcome = Evaluate("m.other > m.count", [Sample(4, 8), Sample(40, 80), Sample(400, 800)]);
        Assert.Equal("296 to 148, ratio 2", outcome.Value);
        Assert.Equal("ratio 2 to 2", outcome.Interval); // the pairs agree, however much the replications differ
    }

    [Fact]
    public void Programs_get_the_same_as_numbers()
    {
        ClaimFigures one = Evaluate("m.count > 4", [Sample(3), Sample(5), Sample(7)]).Figures!;
        Assert.Equal((5.0, 0.032, 9.968), (one.Mean, Math.Round(one.Interval!.Value.Low, 3), Math.Round(one.Interval!.Value.High, 3)));
        Assert.Equal(new ClaimFigures(1_500_000, null, null, null), Evaluate("2ms > m.time", [Sample()]).Figures);
        Assert.Equal(new ClaimFigures(8, null, 2, null), Evaluate("m.other > 0.5 * m.count", [Sample()]).Figures);
        Assert.Equal(new ClaimFigures(null, null, null, null), Evaluate("m.nothing_alike < 2", [Sample()]).Figures);
    }

    [Fact]
    public void Values_are_printed_in_the_unit_of_their_metric()
    {
        Assert.Equal("1.5ms", Evaluate("m.time < 2ms", [Sample()]).Value);
        Assert.Equal("100/s", Evaluate("m.rate < 2", [Sample()]).Value);
        Assert.Equal("4KiB", Evaluate("m.bytes > 2KiB", [Sample()]).Value);
        Assert.Equal("1MiB/s", Evaluate("m.speed > 2KiB/s", [Sample()]).Value);
    }

    [Theory]
    [InlineData("kcryptd/0", "ctx->restart", true)]
    [InlineData("kcryptd/*", "ctx->restart", true)]
    [InlineData("kcryptd/*", "ctx->restart io#3", true)]
    [InlineData("kcryptd/*", "ctx->restart io#4", false)]
    [InlineData("kcryptd", "ctx->restart", false)]
    [InlineData("kcryptd/1", "ctx->restart", false)]
    [InlineData("kcryptd/0", "ctx", false)]
    public void A_blocked_process_is_matched_by_name_or_prefix_and_with_or_without_its_io(string process, string waitsOn, bool matches) =>
        Assert.Equal(matches, EndClaims.Matches(new BlockedExpectation(process, waitsOn), Records.Blocked("kcryptd/0", "ctx->restart io#3")));

    private static RunRecord Sample(decimal count = 4, decimal other = 8)
    {
        var result = Records.Result(
            "completed", null, ("m.count", count, ""), ("m.other", other, ""), ("m.time", 1_500_000m, "ns"), ("m.rate", 100, "/s"), ("m.bytes", 4096, "B"), ("m.speed", 1 << 20, "B/s"));
        return new RunRecord
        {
            Version = "",
            Identity = new RunIdentity { Scenario = "s", Sha256 = "", Resolved = "", Variant = "", Seed = 1 },
            End = result.End,
            Metrics = result.Metrics,
        };
    }

    private static ClaimOutcome Evaluate(string text, IReadOnlyList<RunRecord> records)
    {
        Claim claim = ClaimParser.Parse(text, null, out _)!;
        return ClaimEvaluator.Evaluate(claim, "v", "", _ => new Replications("v", records));
    }
}

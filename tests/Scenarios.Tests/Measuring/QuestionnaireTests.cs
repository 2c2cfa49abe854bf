using CryptoSim.Scenarios.Measuring;

namespace CryptoSim.Scenarios.Tests.Measuring;

/// <summary>Figures and claims that are asked of a scenario from outside.</summary>
public sealed class QuestionnaireTests
{
    private const string Text = """
        scenario: asked
        about: A copy of 1us for 4 KiB, and one of 2us.
        hardware:
          cpus: 1
          ram0: { model: ram, bandwidth: 4_096_000_000B/s }
        workload:
          job: { device: ram0, rw: read, bs: 4KiB, number_ios: 10 }
        variants:
          fast: {}
          slow: { ram0.bandwidth: 2_048_000_000B/s }
          slow.er: { ram0.bandwidth: 1_024_000_000B/s }
        """;

    [Fact]
    public void A_figure_is_a_metric_of_its_variant_with_its_unit()
    {
        Answer answer = Ask("slow", "job.bandwidth");

        Assert.Equal((2_048_000_000.0, "B/s", null, null), (answer.Value, answer.Unit, answer.Holds, answer.Problem));
    }

    [Theory]
    [InlineData("fast", "job.iops / slow.job.iops", 2, "")]
    [InlineData("fast", "job.iops / slow.er.job.iops", 4, "")]       // the longest name of a variant that fits
    [InlineData("slow", "job.latency.mean / job.latency.max", 1, "")]
    [InlineData("fast", "job.bandwidth / job.iops", 4096, "B/s//s")]
    public void A_ratio_is_of_two_metrics_of_one_variant_or_of_two(string variant, string text, double value, string unit)
    {
        Answer answer = Ask(variant, text);

        Assert.Equal((value, unit), (answer.Value!.Value, answer.Unit));
    }

    [Theory]
    [InlineData("fast.job.iops > 1.5 * slow.job.iops", true)]
    [InlineData("fast.job.iops < slow.job.iops", false)]
    public void A_claim_is_evaluated_on_the_variants_it_names(string claim, bool holds)
    {
        Answer answer = Assert.Single(Questionnaire.Ask(Scenario(), [new Question("", claim, IsClaim: true)], 1, CancellationToken.None));

        Assert.Equal((holds, null), (answer.Holds, answer.Value));
        Assert.Contains("ratio 2", answer.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fast", "job.iobs", "no metric 'job.iobs'; did you mean 'job.iops'?")]
    [InlineData("fist", "job.iops", "no variant 'fist'; did you mean 'fast'?")]
    [InlineData("", "job.iops", "names no variant")]
    [InlineData("fast", "job.iops / job.errors", "job.errors is 0")]
    public void What_cannot_be_answered_says_why(string variant, string text, string problem) =>
        Assert.StartsWith(problem, Ask(variant, text).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_claim_that_is_none_says_why() =>
        Assert.Contains("does not begin with a variant", Questionnaire.Ask(Scenario(), [new Question("", "job.iops > 1", true)], 1, CancellationToken.None)[0].Problem, StringComparison.Ordinal);

    [Fact]
    public void A_figure_of_a_swept_scenario_names_its_point_and_a_claim_holds_at_all_of_them()
    {
        const string sweep = "\nsweep:\n  job.iodepth: [1, 2]\n";
        Question figure = new("fast", "job.latency.max", IsClaim: false);
        Question claim = new("", "fast.job.latency.max < 1500ns", IsClaim: true);

        Assert.Contains("is swept", Questionnaire.Ask(Scenario(sweep), [figure], 1, CancellationToken.None)[0].Problem, StringComparison.Ordinal);
        Assert.Equal(2000, Questionnaire.Ask(Scenario(sweep, "job.iodepth=2", "ram0.bandwidth=2_048_000_000B/s"), [figure], 1, CancellationToken.None)[0].Value);
        Assert.True(Questionnaire.Ask(Scenario(sweep), [claim], 1, CancellationToken.None)[0].Holds);
        Assert.False(Questionnaire.Ask(Scenario(sweep, "ram0.bandwidth=2_048_000_000B/s"), [claim], 1, CancellationToken.None)[0].Holds);
    }

    [Fact]
    public void Only_the_variants_that_are_asked_for_are_run_and_claims_of_the_file_do_not_matter()
    {
        const string expect = "\nexpect:\n  every: { holds: [job.iops > 1_000_000_000] }\n";
        Answer answer = Questionnaire.Ask(Scenario(expect), [new Question("fast", "job.ios", false)], 1, CancellationToken.None)[0];

        Assert.Equal((10.0, null), (answer.Value, answer.Problem));
    }

    private static Answer Ask(string variant, string text) =>
        Assert.Single(Questionnaire.Ask(Scenario(), [new Question(variant, text, IsClaim: false)], 1, CancellationToken.None));

    private static Scenario Scenario(string more = "", params string[] set)
    {
        ScenarioReadResult read = ScenarioReader.ReadText(Text + more, "asked.yaml", set);
        Assert.Empty(read.Errors);
        return read.Scenario!;
    }
}

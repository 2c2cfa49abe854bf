using System.Text.RegularExpressions;
using CryptoSim.Reports.Validation;
using Xunit;

namespace CryptoSim.Reports.Tests.Validation;

/// <summary>Verdicts, units and the page.</summary>
public sealed partial class ValidationTests
{
    private static readonly string Page = ValidationPage.Render(MadeUpValidation.Report);

    [Theory]
    [InlineData(90.1, true)]
    [InlineData(109.9, true)]
    [InlineData(110.1, false)]
    [InlineData(89.9, false)]
    public void A_row_is_met_if_its_error_is_within_what_is_allowed_on_either_side(double simulated, bool met) =>
        Assert.Equal(met, ValidatedRow.Measured(MadeUpValidation.Row("x", RowKind.Predict, 100, 10, "B/s"), simulated, "B/s").Pass);

    [Fact]
    public void A_prediction_that_nobody_measured_is_neither_met_nor_not()
    {
        ValidatedRow row = ValidatedRow.Measured(MadeUpValidation.Row("x", RowKind.Predict), 1 << 20, "B/s");

        Assert.Equal((1.0, null, null), (row.Simulated, row.ErrorPct, row.Pass));
        Assert.Equal("a prediction", ValidationText.Verdict(row));
    }

    [Theory]
    [InlineData(1_048_576, "B/s", "MiB/s", 1)]
    [InlineData(12e9, "B/s", "GB/s", 12)]
    [InlineData(14_173, "ns", "us", 14.173)]
    [InlineData(73_216, "/s", "kIOPS", 73.216)]
    [InlineData(0.6, "", "%", 60)]
    [InlineData(0.6, "", "", 0.6)]
    public void A_metric_is_brought_into_the_unit_of_its_row(double metric, string unit, string wanted, double expected) =>
        Assert.Equal(expected, ValidatedRow.Measured(MadeUpValidation.Row("x", RowKind.Predict, unit: wanted), metric, unit).Simulated!.Value, 9);

    [Theory]
    [InlineData("ns", "MiB/s", "the metric is in ns or us or ms or s; the row has the unit 'MiB/s'")]
    [InlineData("B/ns", "MiB/s", "the metric is in 'B/ns', which needs a factor; the row has the unit 'MiB/s'")]
    public void A_unit_that_does_not_fit_fails_the_row_and_says_so(string unit, string wanted, string problem)
    {
        ValidatedRow row = ValidatedRow.Measured(MadeUpValidation.Row("x", RowKind.Predict, unit: wanted), 1, unit);

        Assert.Equal((problem, false), (row.Problem, row.Pass));
    }

    [Fact]
    public void A_factor_takes_any_unit() =>
        Assert.Equal(59.8, ValidatedRow.Measured(MadeUpValidation.Row("x", RowKind.Fit, 59.8, 15, "G cycles", 59.8), 1, "").Simulated);

    [Fact]
    public void The_summary_counts_each_kind_and_a_row_that_could_not_be_simulated_has_failed()
    {
        Assert.Equal(
            ["1 of 2 fits met", "0 of 1 measured predictions met", "1 of 1 closed forms met", "1 of 1 qualitative rows hold", "1 predictions that nobody has published a measurement of"],
            MadeUpValidation.Report.Summary());
        Assert.Equal(2, MadeUpValidation.Report.Failed);
    }

    [Fact]
    public void The_page_has_no_script_the_notes_first_and_a_row_for_each_with_its_verdict()
    {
        Assert.Contains("default-src 'none'; script-src 'none'", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Page, StringComparison.Ordinal);
        Assert.Equal(["fit", "off", "open", "cycles", "gone", "crossover"], RowId().Matches(Page).Select(match => match.Groups[1].Value));
        int[] order = [.. new[] { "41 % apart", "validation-vm", ">met<", ">NOT met<", ">a prediction<", "no metric &#39;x&#39;", "offload-depth", ">holds<" }
            .Select(text => Page.IndexOf(text, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, order);
    }

    [Fact]
    public void An_error_is_drawn_inside_the_band_of_what_is_allowed_or_outside()
    {
        double[] marks = [.. Mark().Matches(Page).Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

        Assert.Equal(3, marks.Length);                      // fit +4 %, off +50 %, cycles -10 %
        Assert.InRange(marks[0], 80, 120);                  // the band is 40 to 120
        Assert.True(marks[1] > 120);
        Assert.InRange(marks[2], 40, 80);
    }

    [Fact]
    public void Whatever_a_file_holds_is_text_on_the_page()
    {
        string hostile = "<script>alert(1)</script>\"'";
        ValidatedRow row = ValidatedRow.Measured(MadeUpValidation.Row(hostile, RowKind.Predict) with { Source = hostile, Variant = hostile, Scenario = hostile, Platform = hostile }, 1, "B/s");

        Assert.DoesNotContain("<script", ValidationPage.Render(MadeUpValidation.Report with { Notes = [hostile], Rows = [row] }), StringComparison.Ordinal);
    }

    [GeneratedRegex("<th scope=\"row\">([a-z]+)<span")]
    private static partial Regex RowId();

    [GeneratedRegex("<circle cx=\"([0-9.]+)\"")]
    private static partial Regex Mark();
}

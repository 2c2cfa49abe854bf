using System.Text;
using CryptoSim.Reports.Validation;
using Xunit;

namespace CryptoSim.Reports.Tests.Validation;

/// <summary>Files of published rows: what is read, what is refused, and that the written table can be read again.</summary>
public sealed class PublishedTableTests
{
    private const string Header = "id,source,kind,platform,kernel,scenario,variant,set,metric,unit,factor,published,pub_sd,tolerance_pct,provenance";

    [Fact]
    public void A_row_has_its_columns_wherever_they_stand()
    {
        PublishedTable table = PublishedTable.Read(
            "# Noise: 41 %.\nprovenance,id,published,tolerance_pct,kind,source,platform,kernel,scenario,variant,metric,unit\n"
            + "S,A1,508,10,fit,\"a mail, of July\",VM,5.8-rc2,validation-vm,fit-raw-read,fio.bandwidth,MiB/s\n", "rows.csv");

        Assert.Empty(table.Errors);
        Assert.Equal(["Noise: 41 %."], table.Notes);
        PublishedRow row = Assert.Single(table.Rows);
        Assert.Equal(("A1", RowKind.Fit, "a mail, of July", 508.0, 10.0, 3), (row.Id, row.Kind, row.Source, row.Published, row.TolerancePct, row.Line));
        Assert.Equal((null, null, 0), (row.Factor, row.PublishedSd, row.Set.Count));
    }

    [Fact]
    public void Settings_are_separated_by_blanks() =>
        Assert.Equal(["a.b=1", "c.d=2KiB"], Assert.Single(PublishedTable.Read(Header + "\nx,,predict,,,s,v,a.b=1 c.d=2KiB,m,,,,,,\n", "rows.csv").Rows).Set);

    [Theory]
    [InlineData("x,,fitt,,,s,v,,m,,,1,,10,S", "rows.csv:2: has the kind 'fitt'; there are fit, predict, qualitative, analytic")]
    [InlineData("x,,fit,,,s,v,,m,,,,,10,S", "rows.csv:2: has no published value; only a prediction can do without")]
    [InlineData("x,,fit,,,s,v,,m,,,1,,,S", "rows.csv:2: has a published value and no tolerance_pct above 0")]
    [InlineData("x,,predict,,,s,v,,m,,,1,,10,R", "rows.csv:2: is recalled, not seen in its source: such a figure is no target")]
    [InlineData("x,,predict,,,s,v,,m,,,1,,10,", "rows.csv:2: has a provenance other than S (printed in the source) and C (computed from it)")]
    [InlineData("x,,predict,,,s,v,,m,,,one,,10,S", "rows.csv:2: has 'one' as published, which is not a number")]
    [InlineData("x,,qualitative,,,s,v,,a > b,,,1,,,S", "rows.csv:2: is qualitative: its metric is a claim, and published, factor and tolerance_pct are empty")]
    [InlineData(",,predict,,,s,v,,m,,,,,,", "rows.csv:2: has no id")]
    [InlineData("x,,predict,,,,v,,m,,,,,,", "rows.csv:2: has no scenario")]
    [InlineData("x,,fit,,,s,v,,m,,,0,,10,S", "rows.csv:2: has 0 as its published value, of which no error is a percentage")]
    public void What_is_wrong_with_a_row_is_told_with_its_line(string row, string error) =>
        Assert.Equal([error], PublishedTable.Read(Header + "\n" + row + "\n", "rows.csv").Errors);

    [Fact]
    public void Two_rows_of_one_name_are_told_apart_by_nobody() =>
        Assert.Equal(["rows.csv:3: the id x stands twice"], PublishedTable.Read(Header + "\nx,,predict,,,s,v,,m,,,,,,\nx,,predict,,,s,v,,m,,,,,,\n", "rows.csv").Errors);

    [Theory]
    [InlineData("id,source", "rows.csv: lacks the columns kind, platform,")]
    [InlineData(Header + ",colour", "rows.csv: has the unknown column colour; there are id,")]
    public void A_header_names_what_it_has_to(string header, string error) =>
        Assert.StartsWith(error, Assert.Single(PublishedTable.Read(header + "\n", "rows.csv").Errors), StringComparison.Ordinal);

    [Fact]
    public void A_row_with_too_few_fields_is_malformed() =>
        Assert.StartsWith("rows.csv:2: ", Assert.Single(PublishedTable.Read(Header + "\nx,y\n", "rows.csv").Errors), StringComparison.Ordinal);

    [Fact]
    public void The_written_table_can_be_read_again()
    {
        using var stream = new MemoryStream();
        ValidationCsv.Write(stream, MadeUpValidation.Report);
        PublishedTable again = PublishedTable.Read(Encoding.UTF8.GetString(stream.ToArray()), "validation.csv");

        Assert.Empty(again.Errors);
        Assert.Equal(MadeUpValidation.Report.Rows.Select(row => (row.Row.Id, row.Row.Published, row.Row.Metric)), again.Rows.Select(row => (row.Id, row.Published, row.Metric)));
    }
}

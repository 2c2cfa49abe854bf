using System.Text.Json;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Tests.Rendering;

public class RunJsonTests
{
    private static readonly ExperimentResult Result = Synthetic.Result(
        [Synthetic.Deadlock("caam-4.1") with { Outputs = [new("ciphertext", "00ff") { Depths = "1,2" }] }],
        Synthetic.Claim("ends: deadlock", "caam-4.1", holds: true, "deadlock"));

    [Fact]
    public void The_document_has_exactly_the_promised_names()
    {
        using JsonDocument document = Write();
        JsonElement root = document.RootElement;

        Assert.Equal("scenario seed verdict wall_seconds claims runs", Names(root));
        Assert.Equal("claim variant point holds value interval ratio ratio_interval text", Names(root.GetProperty("claims")[0]));
        JsonElement run = root.GetProperty("runs")[0];
        Assert.Equal("variant point replication ends rule virtual_ns events fingerprint blocked metrics outputs output_bytes depths", Names(run));
        Assert.Equal("process waits_on since_ns owner", Names(run.GetProperty("blocked")[0]));
    }

    [Fact]
    public void Durations_are_nanoseconds_with_picoseconds_as_decimals()
    {
        using JsonDocument document = Write();
        JsonElement run = document.RootElement.GetProperty("runs")[0];

        Assert.Equal("2118000", run.GetProperty("virtual_ns").GetRawText());
        Assert.Equal("1402000.5", run.GetProperty("blocked")[0].GetProperty("since_ns").GetRawText());
        Assert.Equal("41250.125", run.GetProperty("metrics").GetProperty("writer.latency.p99").GetRawText());
    }

    [Fact]
    public void What_a_comparison_found_is_a_number_and_what_an_end_found_is_a_word()
    {
        ExperimentResult result = Result with
        {
            Claims =
            [
                Synthetic.Claim("writer.latency.p99 < 2ms", "", holds: true, "1.25ms") with
                {
                    Interval = "1.2ms to 1.3ms",
                    Figures = new ClaimFigures(1250000.5, (1200000, 1300000), null, null),
                },
                Synthetic.Claim("ends: deadlock", "", holds: true, "deadlock"),
                Synthetic.Claim("x.y < 2", "", holds: false, "no metric 'x.y'") with { Figures = new ClaimFigures(null, null, null, null) },
            ],
        };
        var output = new StringWriter();
        RunJson.Write(result, 0.5, 7, output);
        JsonElement claims = JsonDocument.Parse(output.ToString()).RootElement.GetProperty("claims");

        Assert.Equal("1250000.5", claims[0].GetProperty("value").GetRawText());
        Assert.Equal([1200000.0, 1300000.0], claims[0].GetProperty("interval").EnumerateArray().Select(bound => bound.GetDouble()));
        Assert.Equal("1.25ms (1.2ms to 1.3ms)", claims[0].GetProperty("text").GetString());
        Assert.Equal("deadlock", claims[1].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, claims[1].GetProperty("interval").ValueKind);
        Assert.Equal(JsonValueKind.Null, claims[2].GetProperty("value").ValueKind);
        Assert.Equal("no metric 'x.y'", claims[2].GetProperty("text").GetString());
    }

    [Fact]
    public void A_fingerprint_is_sixteen_hexadecimal_digits_and_kernel_names_are_not_escaped()
    {
        var output = new StringWriter();
        RunJson.Write(Result, 0.5, 7, output);

        Assert.Contains("\"fingerprint\": \"0000000000abcdef\"", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"waits_on\": \"ctx->restart\"", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"ciphertext\": \"00ff\"", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "pass")]
    [InlineData(false, "fail")]
    public void The_verdict_says_whether_every_claim_holds(bool holds, string verdict)
    {
        var output = new StringWriter();
        RunJson.Write(Result with { Holds = holds }, 0.5, 18446744073709551615, output);
        using JsonDocument document = JsonDocument.Parse(output.ToString());

        Assert.Equal(verdict, document.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(ulong.MaxValue, document.RootElement.GetProperty("seed").GetUInt64());
        Assert.Equal(0.5, document.RootElement.GetProperty("wall_seconds").GetDouble());
    }

    private static JsonDocument Write()
    {
        var output = new StringWriter();
        RunJson.Write(Result, 0.5, 7, output);
        return JsonDocument.Parse(output.ToString());
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));
}

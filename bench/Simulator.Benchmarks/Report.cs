using System.Globalization;
using System.Text.Json;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>Prints results.</summary>
public static class Report
{
    public static void Header(TextWriter output) =>
        output.WriteLine($"{"row",-18}{"one operation",-14}{"M ops/s",10}{"baseline",10}{"ratio",8}{"gate",7}{"goal",8}{"B/op",8}");

    public static void Line(TextWriter output, RowResult result)
    {
        var row = result.Row;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name,-18}{row.Operation,-14}{Millions(result.OperationsPerSecond),10}{Millions(result.BaselineOperationsPerSecond),10}{result.Ratio,8:0.00}{row.Gate,7:0.00}{row.Goal,8}{result.BytesPerOperation,8:0.###}"));
        output.Flush();
    }

    /// <summary>One document: <c>{"rows": [{"name", "ops_per_second", "baseline_ops_per_second", "bytes_per_op"}]}</c>.</summary>
    public static void Json(Stream output, IEnumerable<RowResult> results)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray("rows");
        foreach (var result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("name", result.Row.Name);
            writer.WriteNumber("ops_per_second", Math.Round(result.OperationsPerSecond));
            WriteRate(writer, result.BaselineOperationsPerSecond);
            writer.WriteNumber("bytes_per_op", result.BytesPerOperation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter writer, double? rate)
    {
        if (rate is { } value)
        {
            writer.WriteNumber("baseline_ops_per_second", Math.Round(value));
        }
        else
        {
            writer.WriteNull("baseline_ops_per_second");
        }
    }

    private static string Millions(double? rate) => (rate / 1e6)?.ToString(rate < 1e6 ? "0.0000" : "0.00", CultureInfo.InvariantCulture) ?? "-";
}

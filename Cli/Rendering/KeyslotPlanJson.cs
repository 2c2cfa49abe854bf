using System.Text.Json;
using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>plan keyslots --json</c>. Every number's name ends with its unit; what is not there is null.</summary>
internal static class KeyslotPlanJson
{
    public static void Write(KeyslotReport report, TextWriter output) => ExploreJson.WriteDocument(output, json =>
    {
        json.WriteString("version", report.Version);
        json.WriteNumber("seed", report.Seed);
        json.WriteNumber("replications", report.Replications);
        json.WriteBoolean("complete", report.IsComplete);
        json.WriteNumber("target_share", report.Target);
        json.WriteNumber("max_delay_ns", report.MaxDelayPicoseconds / 1000);
        json.WriteNumber("max_loss_share", report.MaxLoss);
        json.WriteStartObject("machine");
        foreach ((string name, string value) in report.Facts)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        Each(json, "needed", report.Needed, need => WriteNeed(json, need));
        Each(json, "points", report.Cells, cell => WritePoint(json, cell));
        WriteTheory(json, KeyslotTheory.Of(report));
    });

    private static void WriteNeed(Utf8JsonWriter json, KeyslotNeed need)
    {
        WriteAt(json, need.Design, need.Mix, need.Keys);
        json.WriteNumber("slots", need.Slots);
        json.WriteBoolean("enough", need.IsEnough);
        json.WriteString("lacks", need.Lacks);
        json.WriteBoolean("open", need.IsOpen);
    }

    private static void WritePoint(Utf8JsonWriter json, KeyslotCell cell)
    {
        WriteAt(json, cell.Design, cell.Mix, cell.Keys);
        json.WriteNumber("slots", cell.Slots);
        json.WriteNumber("replications", cell.Of(KeyslotQuantity.NoSlot)?.Count ?? 0);
        json.WriteString("problem", cell.Problem);
        foreach (KeyslotQuantity quantity in KeyslotQuantity.All)
        {
            WriteValue(json, quantity, cell.Of(quantity));
        }

        WriteNumber(json, "programs_floor_per_s", cell.ProgramsFloor);
        WriteNumber(json, "programs_lru_per_s", cell.ProgramsLru);
    }

    private static void WriteAt(Utf8JsonWriter json, string design, int? mix, int? keys)
    {
        json.WriteString("design", design);
        WriteNumber(json, "unencrypted_percent", mix);
        WriteNumber(json, "keys", keys);
    }

    private static void WriteValue(Utf8JsonWriter json, KeyslotQuantity quantity, ConfidenceInterval? value)
    {
        if (value is not { } interval)
        {
            json.WriteNull(quantity.Column);
            return;
        }

        json.WriteStartObject(quantity.Column);
        WriteNumber(json, "mean", quantity.InUnit(interval.Mean));
        WriteNumber(json, "low", interval.HasInterval ? quantity.InUnit(interval.Low) : null);
        WriteNumber(json, "high", interval.HasInterval ? quantity.InUnit(interval.High) : null);
        json.WriteEndObject();
    }

    private static void WriteTheory(Utf8JsonWriter json, KeyslotTheory? theory)
    {
        if (theory is null)
        {
            json.WriteNull("theory");
            return;
        }

        json.WriteStartObject("theory");
        json.WriteNumber("points", theory.Points);
        WriteNumber(json, "programs_to_lru_mean", theory.Mean);
        WriteNumber(json, "programs_to_lru_least", theory.Least);
        WriteNumber(json, "programs_to_lru_greatest", theory.Greatest);
        json.WriteNumber("points_below_floor", theory.BelowFloor);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, Math.Round((decimal)value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> all, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T one in all)
        {
            json.WriteStartObject();
            write(one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

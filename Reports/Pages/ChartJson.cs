using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Pages;

/// <summary>What the interactive charts show, as JSON. Durations are in microseconds, as <c>web/options.mjs</c> expects.</summary>
internal static class ChartJson
{
    private const double Microsecond = 1e6;   // [ps]

    /// <summary>Distributions at one or more sweep points.</summary>
    public static void Cdf(Utf8JsonWriter json, IReadOnlyList<LatencyPoint> points, int shown)
    {
        json.WriteString("kind", "cdf");
        AtPoints(json, points, shown, lines => Range(json, "x", lines.Select(line => line.Latencies.Min), lines.Select(line => line.Latencies.Max)), line => line.Latencies.Steps().Select(step => (step.Latency / Microsecond, step.Share)));
    }

    /// <summary>Tails at one or more sweep points.</summary>
    public static void Nines(Utf8JsonWriter json, IReadOnlyList<LatencyPoint> points, int shown)
    {
        json.WriteString("kind", "nines");
        AtPoints(json, points, shown, lines => NinesRange(json, lines), line => NinesPlot.Points(line.Latencies).Select(point => (Scale.NinesOf(point.X), point.Y / Microsecond)));
    }

    private static void NinesRange(Utf8JsonWriter json, LatencyLine[] lines)
    {
        json.WriteNumber("nines", lines.Max(line => Scale.LastNine(line.Latencies.Count)));
        Range(json, "y", lines.Select(line => line.Latencies.Min), lines.Select(line => NinesPlot.Points(line.Latencies).Max(point => point.Y)));
    }

    public static void Sweep(Utf8JsonWriter json, SweepFigure figure)
    {
        bool log = LatencyCurve.IsLog(figure);
        double unit = figure.Kind == ValueKind.Duration ? Microsecond : 1;
        json.WriteString("kind", "sweep");
        json.WriteString("unit", figure.Kind.ToString().ToLowerInvariant());
        json.WriteString("axis", figure.Axis);
        json.WriteBoolean("log", log);
        if (log)
        {
            Range(json, "y", figure.Lines.SelectMany(line => line.Points).Select(point => LatencyCurve.Lowest(point.Value)), figure.Lines.SelectMany(line => line.Points).Select(point => point.Value.High));
        }

        Texts(json, "categories", figure.Values);
        Series(json, figure.Lines, line => (line.Index, line.Name), line => Rows(json, line.Points.Select(point =>
            new[] { point.Place, point.Value.Mean / unit, LatencyCurve.Lowest(point.Value) / unit, point.Value.High / unit })));
    }

    public static void Size(Utf8JsonWriter json, IReadOnlyList<BioCloud> clouds)
    {
        int[] sizes = SizePlot.Sizes(clouds);
        SizePlot.Mark[] marks = [.. SizePlot.Marks(clouds, sizes)];
        json.WriteString("kind", "size");
        Range(json, "y", marks.Select(mark => mark.Low), marks.Select(mark => mark.High));
        Texts(json, "categories", SizePlot.Names(sizes));
        Series(json, clouds, cloud => (cloud.Index, cloud.Name), cloud => Rows(json, marks.Where(mark => mark.Cloud == cloud).Select(mark =>
            new[] { mark.Size, mark.Median / Microsecond, mark.Low / Microsecond, mark.High / Microsecond })));
    }

    /// <summary>Drawn as sizes are: groups are categories too.</summary>
    public static void Groups(Utf8JsonWriter json, GroupFigure figure)
    {
        json.WriteString("kind", "size");
        Range(json, "y", figure.Marks.Select(mark => mark.Low), figure.Marks.Select(mark => mark.High));
        Texts(json, "categories", figure.Groups);
        Series(json, figure.Marks.GroupBy(mark => (mark.Index, mark.Variant)), marks => marks.Key, marks => Rows(json, marks.Select(mark =>
            new[] { mark.Group, mark.Median / Microsecond, mark.Low / Microsecond, mark.High / Microsecond })));
    }

    public static void Timeline(Utf8JsonWriter json, IReadOnlyList<BioCloud> clouds)
    {
        double end = BioTimeline.End(clouds);
        json.WriteString("kind", "timeline");
        json.WriteNumber("end", end / Microsecond);
        Range(json, "y", clouds.SelectMany(cloud => cloud.Bios).Select(bio => (double)bio.LatencyPicoseconds), clouds.SelectMany(cloud => cloud.Bios).Select(bio => (double)bio.LatencyPicoseconds));
        Series(json, clouds, cloud => (cloud.Index, cloud.Name), cloud =>
        {
            Packed(json, BioThinning.Of(cloud.Bios, clouds.Sum(one => one.Bios.Count), end).Select(bio => (bio.SubmittedPicoseconds / Microsecond, bio.LatencyPicoseconds / Microsecond)));
            json.WritePropertyName("rolling");
            json.WriteStartArray();
            Items(json, RollingQuantile.Of(cloud.Bios, end).Select(point => new[] { point.X / Microsecond, point.Y / Microsecond }));
            json.WriteEndArray();
        });
    }

    public static void Steps(Utf8JsonWriter json, IReadOnlyList<StepLine> lines)
    {
        (double start, double end) = RingOccupancy.Window(lines);
        json.WriteString("kind", "steps");
        json.WriteNumber("end", lines.Max(line => line.Steps.TimesPicoseconds[^1]) / Microsecond);
        json.WriteNumber("max", RingOccupancy.Max(lines));
        if (lines[0].Steps.Capacity is { } capacity)
        {
            json.WriteNumber("capacity", capacity);
        }

        json.WritePropertyName("window");
        json.WriteStartArray();
        json.WriteNumberValue(start / Microsecond);
        json.WriteNumberValue(end / Microsecond);
        json.WriteEndArray();
        Series(json, lines, line => (line.Index, line.Name), line =>
            Packed(json, line.Steps.TimesPicoseconds.Zip(line.Steps.Values, (time, value) => (time / Microsecond, (double)value))));
    }

    private static void AtPoints(Utf8JsonWriter json, IReadOnlyList<LatencyPoint> points, int shown, Action<LatencyLine[]> range, Func<LatencyLine, IEnumerable<(double X, double Y)>> draw)
    {
        void Lines(LatencyPoint point)
        {
            range(point.Lines);
            Series(json, point.Lines, line => (line.Index, line.Name), line =>
            {
                json.WriteNumber("p50", line.Latencies.ValueAt(0.5) / Microsecond);
                Rows(json, draw(line).Select(one => new[] { one.X, one.Y }));
            });
        }

        Lines(points[shown]);
        if (points.Count < 2)
        {
            return;
        }

        json.WriteNumber("shown", shown);
        json.WriteStartArray("at");
        foreach (LatencyPoint point in points)
        {
            json.WriteStartObject();
            json.WriteString("label", point.Label);
            Lines(point);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // ── parts ───────────────────────────────────────────────────────────

    private static void Series<T>(Utf8JsonWriter json, IEnumerable<T> all, Func<T, (int Index, string Name)> name, Action<T> content)
    {
        json.WriteStartArray("series");
        foreach (T one in all)
        {
            (int index, string text) = name(one);
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteString("name", text);
            content(one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter json, IEnumerable<double[]> rows)
    {
        json.WriteStartArray("points");
        Items(json, rows);
        json.WriteEndArray();
    }

    private static void Items(Utf8JsonWriter json, IEnumerable<double[]> rows)
    {
        foreach (double[] row in rows)
        {
            json.WriteStartArray();
            foreach (double value in row)
            {
                json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Powers of ten around a set of durations.</summary>
    private static void Range(Utf8JsonWriter json, string name, IEnumerable<double> low, IEnumerable<double> high)
    {
        (int from, int to) = Scale.Decades(low.Min(), high.Max());
        json.WriteStartArray(name);
        json.WriteNumberValue(Math.Pow(10, from) / Microsecond);
        json.WriteNumberValue(Math.Pow(10, to) / Microsecond);
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Pairs of 32-bit floats, little endian, gzipped, in base64.</summary>
    private static void Packed(Utf8JsonWriter json, IEnumerable<(double X, double Y)> pairs)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            Span<byte> pair = stackalloc byte[8];
            foreach ((double x, double y) in pairs)
            {
                BinaryPrimitives.WriteSingleLittleEndian(pair, (float)x);
                BinaryPrimitives.WriteSingleLittleEndian(pair[4..], (float)y);
                gzip.Write(pair);
            }
        }

        json.WriteBase64String("packed", packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }
}

using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots;

/// <summary>The bios of one variant, one by one.</summary>
/// <param name="Index">Place of the variant: colour, dash and marker.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Bios">In order of completion.</param>
public sealed record BioCloud(int Index, string Name, IReadOnlyList<BioSample> Bios);

/// <summary>Median and 5th to 95th percentile of the latency, by size of the bio: dots and whiskers, as bars have no meaning on a log axis.</summary>
public static class SizePlot
{
    /// <summary>Draws <paramref name="clouds"/>, of which at least one has a bio, as SVG.</summary>
    public static string Draw(IReadOnlyList<BioCloud> clouds, Theme theme, PlotSize size, string of = "")
    {
        int[] sizes = Sizes(clouds);
        var marks = Marks(clouds, sizes).ToArray();
        Scale y = Scale.LogDuration(marks.Min(mark => mark.Low), marks.Max(mark => mark.High));
        string[] names = Names(sizes);
        var frame = new PlotFrame(Labels(clouds, of), Describe(clouds), Scale.Categories(names), y, theme, size);
        DrawMarks(frame, marks, clouds.Count, theme);
        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(IReadOnlyList<BioCloud> clouds, string of = "") => new(
        PlotLabels.TitleOf("Latency by bio size", of), "Marker: median. Whisker: 5th to 95th percentile. Log scale, no zero.", "", "",
        [.. clouds.Select(cloud => new SeriesName(cloud.Index, cloud.Name))]);

    internal static string Describe(IReadOnlyList<BioCloud> clouds)
    {
        int[] sizes = Sizes(clouds);
        string[] names = Names(sizes);
        return string.Join("; ", Marks(clouds, sizes).Select(mark => $"{mark.Cloud.Name}, {names[mark.Size]}: median {ValueText.Duration(mark.Median)}"));
    }

    internal static string[] Names(int[] sizes) => [.. sizes.Select(bytes => ValueText.Size(bytes))];

    /// <summary>The different sizes [B] of the bios, ascending.</summary>
    internal static int[] Sizes(IReadOnlyList<BioCloud> clouds) => [.. clouds.SelectMany(cloud => cloud.Bios).Select(bio => bio.Bytes).Distinct().Order()];

    internal static IEnumerable<Mark> Marks(IReadOnlyList<BioCloud> clouds, int[] sizes)
    {
        for (int size = 0; size < sizes.Length; size++)
        {
            for (int place = 0; place < clouds.Count; place++)
            {
                double[] sorted = [.. clouds[place].Bios.Where(bio => bio.Bytes == sizes[size]).Select(bio => (double)bio.LatencyPicoseconds).Order()];
                if (sorted.Length > 0)
                {
                    yield return new Mark(clouds[place], place, size, Quantile.Of(sorted, 0.05).Value, Quantile.Of(sorted, 0.5).Value, Quantile.Of(sorted, 0.95).Value);
                }
            }
        }
    }

    private static void DrawMarks(PlotFrame frame, Mark[] marks, int clouds, Theme theme)
    {
        var placer = new LabelPlacer(frame.Canvas, frame.Left, frame.Top, frame.Right + 20, frame.Bottom);
        double Place(Mark mark) => frame.X(mark.Size + ((mark.Place + 0.5) / clouds - 0.5) * 0.5);
        foreach (Mark mark in marks)
        {
            string color = theme.SeriesColor(mark.Cloud.Index);
            frame.Canvas.Line(Place(mark), frame.Y(mark.Low), Place(mark), frame.Y(mark.High), new Stroke(color, 2));
            frame.Canvas.Marker(mark.Cloud.Index, Place(mark), frame.Y(mark.Median), color, 5);
            placer.Occupy(Place(mark), frame.Y(mark.Median), 6);
        }

        foreach (Mark mark in marks)
        {
            placer.PlaceBeside(Place(mark), frame.Y(mark.Median), ValueText.Duration(mark.Median),
                new TextStyle(theme.InkColor(mark.Cloud.Index), Bold: true, Halo: theme.Card));
        }
    }

    /// <summary>Percentiles [ps] of the bios of one size in one variant.</summary>
    internal sealed record Mark(BioCloud Cloud, int Place, int Size, double Low, double Median, double High);
}

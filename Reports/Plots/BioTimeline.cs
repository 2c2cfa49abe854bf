using System.Text;
using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots;

/// <summary>Every bio of a run: when it was submitted and how long it took, with the rolling 99th percentile of each variant.</summary>
public static class BioTimeline
{
    private const double Cell = 1.5;   // [px] bios in the same cell are drawn as one, darker dot

    /// <summary>Draws <paramref name="clouds"/>, of which at least one has a bio, as SVG.</summary>
    public static string Draw(IReadOnlyList<BioCloud> clouds, Theme theme, PlotSize size, string of = "")
    {
        IEnumerable<BioSample> all = clouds.SelectMany(cloud => cloud.Bios);
        double end = End(clouds);
        Scale x = Scale.Linear(0, end, ValueText.Tick, 8, grow: false);
        Scale y = Scale.LogDuration(all.Min(bio => bio.LatencyPicoseconds), all.Max(bio => bio.LatencyPicoseconds));
        var frame = new PlotFrame(Labels(clouds, of), Describe(clouds), x, y, theme, size);
        foreach (BioCloud cloud in clouds)
        {
            DrawDots(frame, cloud, theme);
        }

        var placer = new LabelPlacer(frame.Canvas, frame.Left, frame.Top, frame.Right, frame.Bottom);
        foreach (BioCloud cloud in clouds)
        {
            DrawRolling(frame, cloud, end, placer, theme);
        }

        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(IReadOnlyList<BioCloud> clouds, string of = "")
    {
        double end = End(clouds);
        bool rolling = clouds.Any(cloud => RollingQuantile.Of(cloud.Bios, end).Skip(1).Any());
        string lines = rolling ? $" Lines: rolling 99th percentile over {ValueText.Tick(RollingQuantile.Window(end))}." : "";
        return new PlotLabels(
            PlotLabels.TitleOf("Every bio in the run", of), $"{Points(clouds)} bios by time of submission, log scale.{lines}", "virtual time", "",
            [.. clouds.Select(cloud => new SeriesName(cloud.Index, cloud.Name))]);
    }

    internal static string Describe(IReadOnlyList<BioCloud> clouds) => $"{Points(clouds)} bios over {ValueText.Duration(End(clouds))} of virtual time.";

    /// <summary>[ps] When the last bio was submitted.</summary>
    internal static double End(IReadOnlyList<BioCloud> clouds) => Math.Max(1, clouds.SelectMany(cloud => cloud.Bios).Max(bio => (double)bio.SubmittedPicoseconds));

    private static string Points(IReadOnlyList<BioCloud> clouds) => ValueText.Of(ValueKind.Count, clouds.Sum(cloud => (double)cloud.Bios.Count));

    private static void DrawDots(PlotFrame frame, BioCloud cloud, Theme theme)
    {
        var cells = new SortedDictionary<(int X, int Y), int>();
        foreach (BioSample bio in cloud.Bios)
        {
            (int, int) cell = ((int)(frame.X(bio.SubmittedPicoseconds) / Cell), (int)(frame.Y(bio.LatencyPicoseconds) / Cell));
            cells[cell] = cells.GetValueOrDefault(cell) + 1;
        }

        // Three densities: 1, 2 to 9, 10 and more bios in a cell.
        StringBuilder[] paths = [new(), new(), new()];
        foreach (((int x, int y), int count) in cells)
        {
            StringBuilder path = paths[count >= 10 ? 2 : count >= 2 ? 1 : 0];
            path.Append('M').Append(SvgCanvas.N(x * Cell)).Append(' ').Append(SvgCanvas.N(y * Cell)).Append("h.01");
        }

        for (int i = 0; i < paths.Length; i++)
        {
            if (paths[i].Length > 0)
            {
                frame.Canvas.Path(paths[i].ToString(), new Stroke(theme.SeriesColor(cloud.Index), DotSize(cloud.Bios.Count), Opacity: (cloud.Bios.Count < 3000 ? 0.7 : 0.35) + 0.3 * i), extra: " stroke-linecap=\"round\"");
            }
        }
    }

    /// <summary>[px] A few bios are dots to look at one by one, many are a cloud.</summary>
    private static double DotSize(int bios) => bios < 300 ? 5 : bios < 3000 ? 3 : 1.8;

    private static void DrawRolling(PlotFrame frame, BioCloud cloud, double end, LabelPlacer placer, Theme theme)
    {
        (double X, double Y)[] points = [.. RollingQuantile.Of(cloud.Bios, end)];
        if (points.Length < 2)
        {
            return;
        }

        frame.Canvas.Path(frame.PathOf(points), new Stroke(theme.Card, 5, Opacity: 0.8));
        frame.Canvas.Path(frame.PathOf(points), new Stroke(theme.Text, 1.8, Theme.Dash(cloud.Index)));
        foreach ((double x, double y) in points.Where((_, i) => i % 5 == 2))
        {
            if (placer.Place(frame.X(x), frame.Y(y), "p99 " + cloud.Name, new TextStyle(theme.Text, Bold: true, Halo: theme.Card), above: true))
            {
                break;
            }
        }
    }
}

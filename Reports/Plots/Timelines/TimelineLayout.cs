using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>Where everything stands in timelines that share one scale. Pixels all.</summary>
internal sealed class TimelineLayout
{
    public const double BarHeight = 13;
    public const double RowHeight = 22;
    public const double LabelSize = 11.5;
    private const double HeadHeight = 28;    // name of a panel above its rows
    private const double AxisHeight = 26;    // marks below its rows
    private const double PanelGap = 16;
    private const double LegendSize = 12.5;
    private const double Edge = 20;

    private readonly double _perPicosecond;

    /// <summary>A layout in which the longest row and the words behind it just fit.</summary>
    /// <param name="panels">All that are to be compared, in this figure and in others.</param>
    /// <param name="legend">Words of the legend, in order.</param>
    /// <param name="width">Of the figure.</param>
    public TimelineLayout(IReadOnlyList<TimelinePanel> panels, IReadOnlyList<string> legend, double width)
    {
        (Width, Length) = (width, Math.Max(1, panels.Max(panel => panel.Length)));
        double names = panels.Max(panel => panel.Requests.Max(request => TextWidth.Of(panel.NameOf(request), LabelSize, bold: true)));
        Left = Edge + Math.Min(names, width * 0.25) + 14;
        NamesWidth = Left - Edge - 14;
        double room = width - Edge - Left;
        _perPicosecond = room / Length;
        foreach ((TimelinePanel panel, RequestSample request) in panels.SelectMany(panel => panel.Requests.Select(request => (panel, request))))
        {
            double fits = (room - 8 - TextWidth.Of(EndLabel(panel, request), LabelSize)) / Math.Max(1, EndOf(panel, request));
            _perPicosecond = Math.Min(_perPicosecond, Math.Max(fits, room * 0.5 / Length));
        }

        Legend = [.. PlaceLegend(legend, width)];
        Top = (Legend.Count == 0 ? 52 : Legend[^1].Y) + 20;
    }

    public double Width { get; }

    /// <summary>[ps] The whole axis.</summary>
    public long Length { get; }

    /// <summary>Of time 0.</summary>
    public double Left { get; }

    /// <summary>Of the end of the axis.</summary>
    public double Right => X(Length);

    /// <summary>Of the names of requests, at most.</summary>
    public double NamesWidth { get; }

    /// <summary>Of the first panel.</summary>
    public double Top { get; }

    /// <summary>Words of the legend with the places of their swatches.</summary>
    public IReadOnlyList<(string Word, double X, double Y)> Legend { get; }

    /// <summary>Of a panel with so many requests.</summary>
    public static double PanelHeight(int requests) => HeadHeight + (requests * RowHeight) + AxisHeight + PanelGap;

    /// <summary>Middle of a row.</summary>
    public static double RowY(double panelTop, int row) => panelTop + HeadHeight + ((row + 0.5) * RowHeight);

    /// <summary>Of an instant [ps] since time 0.</summary>
    public double X(long picoseconds) => Left + (picoseconds * _perPicosecond);

    /// <summary>[ps] Where the row of a request ends, since time 0 of its panel; one that never ended goes on to the end of the axis.</summary>
    public long EndOf(TimelinePanel panel, RequestSample request) => request.EndedPicoseconds is { } ended ? ended - panel.Start : Length;

    /// <summary>The words behind a row: how long it took, and what was wrong.</summary>
    public static string EndLabel(TimelinePanel panel, RequestSample request)
    {
        string time = request.EndedPicoseconds is { } ended ? ValueText.Duration(ended - request.Phases[0].AtPicoseconds) : "never called back";
        return !request.IsStale ? time
            : request.IvFrom == 0 ? time + ", read the user's IV"
            : FormattableString.Invariant($"{time}, read the IV of {request.IvFrom}");
    }

    /// <summary>From left to right, in as many lines as they need.</summary>
    private static IEnumerable<(string Word, double X, double Y)> PlaceLegend(IReadOnlyList<string> words, double width)
    {
        (double x, double y) = (Edge, 72);
        foreach (string word in words)
        {
            string fitted = TextWidth.Fit(word, width - 90, LegendSize);
            double needed = 30 + TextWidth.Of(fitted, LegendSize) + 18;
            if (x > Edge && x + needed > width - 10)
            {
                (x, y) = (Edge, y + 20);
            }

            yield return (fitted, x, y);
            x += needed;
        }
    }
}

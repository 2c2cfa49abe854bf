using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Plots;

/// <summary>What stands around a plot.</summary>
/// <param name="Title">What is plotted.</param>
/// <param name="Subtitle">Kind of axes, and the sample.</param>
/// <param name="XLabel">Title of the horizontal axis.</param>
/// <param name="YLabel">Title of the vertical axis; empty for none.</param>
/// <param name="Legend">The series.</param>
internal sealed record PlotLabels(string Title, string Subtitle, string XLabel, string YLabel, IReadOnlyList<SeriesName> Legend)
{
    /// <summary>A title that says whose bios are plotted; <paramref name="of"/> is empty where there is one workload.</summary>
    public static string TitleOf(string title, string of) => of.Length > 0 ? $"{title}: {of}" : title;
}

/// <summary>A series by its place, which decides colour, dash and marker, and its name.</summary>
internal readonly record struct SeriesName(int Index, string Name);

/// <summary>Title, legend, axes and grid of a plot, and the way from values to pixels.</summary>
internal sealed class PlotFrame
{
    private readonly Theme _theme;
    private readonly Scale _x;
    private readonly Scale _y;

    public PlotFrame(PlotLabels labels, string description, Scale x, Scale y, Theme theme, PlotSize size)
    {
        (_theme, _x, _y) = (theme, x, y);
        Canvas = new SvgCanvas(size, labels.Title, description, theme.Card);
        double labelWidth = y.Ticks.Count == 0 ? 0 : y.Ticks.Max(tick => TextWidth.Of(tick.Label, 12.5));
        Left = 16 + labelWidth + 8 + (labels.YLabel.Length > 0 ? 18 : 0);
        Right = size.Width - 24;
        Top = DrawHeader(labels);
        Bottom = size.Height - (labels.XLabel.Length > 0 ? 50 : 32);
        DrawAxes(labels);
    }

    public SvgCanvas Canvas { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public double X(double value) => Left + _x.Place(value) * (Right - Left);

    public double Y(double value) => Bottom - _y.Place(value) * (Bottom - Top);

    /// <summary>A line through <paramref name="points"/> (values, not pixels), with the colour and dash of series <paramref name="index"/>.</summary>
    public void Curve(int index, IEnumerable<(double X, double Y)> points, double width = 2)
    {
        string data = PathOf(points);
        if (data.Length > 0)
        {
            Canvas.Path(data, new Stroke(_theme.SeriesColor(index), width, Theme.Dash(index)), extra: " stroke-linejoin=\"round\"");
        }
    }

    public string PathOf(IEnumerable<(double X, double Y)> points)
    {
        var data = new System.Text.StringBuilder();
        foreach ((double x, double y) in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(SvgCanvas.N(X(x))).Append(' ').Append(SvgCanvas.N(Y(y)));
        }

        return data.ToString();
    }

    private double DrawHeader(PlotLabels labels)
    {
        double width = Canvas.Size.Width - 40;
        Canvas.Text(20, 28, TextWidth.Fit(labels.Title, width, 15, bold: true), new TextStyle(_theme.Text, 15, Bold: true));
        double y = 28;
        foreach (string line in TextWidth.Wrap(labels.Subtitle, width, 12.5))
        {
            Canvas.Text(20, y += 19, line, new TextStyle(_theme.Muted));
        }

        return DrawLegend(labels.Legend, y + 22);
    }

    /// <summary>One row, or several when the names are long; right-aligned like a caption.</summary>
    private double DrawLegend(IReadOnlyList<SeriesName> names, double y)
    {
        double x = 20;
        foreach ((int i, string full) in names)
        {
            string name = TextWidth.Fit(full, Canvas.Size.Width - 90, 12.5);
            double width = 38 + TextWidth.Of(name, 12.5) + 18;
            if (x > 20 && x + width > Canvas.Size.Width - 10)
            {
                (x, y) = (20, y + 19);
            }

            Canvas.Line(x, y - 4, x + 30, y - 4, new Stroke(_theme.SeriesColor(i), 2, Theme.Dash(i)));
            Canvas.Marker(i, x + 15, y - 4, _theme.SeriesColor(i), 3.5);
            Canvas.Text(x + 38, y, name, new TextStyle(_theme.Text));
            x += width;
        }

        return names.Count > 0 ? y + 22 : y;
    }

    private void DrawAxes(PlotLabels labels)
    {
        var grid = new Stroke(_theme.Grid);
        foreach (double value in _x.Minor)
        {
            Canvas.Line(X(value), Bottom, X(value), Bottom - 4, new Stroke(_theme.Border, Opacity: 0.6));
        }

        foreach (double value in _y.Minor)
        {
            Canvas.Line(Left, Y(value), Left + 4, Y(value), new Stroke(_theme.Border, Opacity: 0.6));
        }

        foreach ((double value, string label) in _y.Ticks)
        {
            Canvas.Line(Left, Y(value), Right, Y(value), grid);
            Canvas.Text(Left - 8, Y(value) + 4.5, label, new TextStyle(_theme.Muted, Anchor: Anchor.End));
        }

        DrawXTicks(grid);
        Canvas.Line(Left, Bottom, Right, Bottom, new Stroke(_theme.Border));
        Canvas.Text((Left + Right) / 2, Bottom + 40, labels.XLabel, new TextStyle(_theme.Muted, Anchor: Anchor.Middle));
        if (labels.YLabel.Length > 0)
        {
            Canvas.TextUpward(16, (Top + Bottom) / 2, labels.YLabel, new TextStyle(_theme.Muted));
        }
    }

    /// <summary>A label that would touch the one before it is left out; its line stays.</summary>
    private void DrawXTicks(Stroke grid)
    {
        double free = double.NegativeInfinity;
        foreach ((double value, string label) in _x.Ticks)
        {
            double half = TextWidth.Of(label, 12.5) / 2;
            double x = X(value);
            Canvas.Line(x, Top, x, Bottom, grid);
            double place = Math.Min(x, Canvas.Size.Width - half - 4);
            if (place - half > free + 6)
            {
                Canvas.Text(place, Bottom + 19, label, new TextStyle(_theme.Muted, Anchor: Anchor.Middle));
                free = place + half;
            }
        }
    }
}

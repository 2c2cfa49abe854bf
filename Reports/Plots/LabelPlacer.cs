using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Plots;

/// <summary>Puts labels next to their points so that none covers another or leaves the plot.</summary>
internal sealed class LabelPlacer(SvgCanvas canvas, double left, double top, double right, double bottom)
{
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    // Offsets from the point in the order of preference; x is the anchor's side.
    private static readonly (Anchor Anchor, double X, double Y)[] Above = [(Anchor.Middle, 0, -9), (Anchor.Start, 8, -8), (Anchor.End, -8, -8), (Anchor.Start, 10, 4.5), (Anchor.End, -10, 4.5), (Anchor.Middle, 0, 20)];
    private static readonly (Anchor Anchor, double X, double Y)[] Below = [(Anchor.Middle, 0, 20), (Anchor.Start, 8, 18), (Anchor.End, -8, 18), (Anchor.Start, 10, 4.5), (Anchor.End, -10, 4.5), (Anchor.Middle, 0, -10)];
    private static readonly (Anchor Anchor, double X, double Y)[] Beside = [(Anchor.Start, 10, 4.5), (Anchor.Start, 10, -8), (Anchor.Start, 10, 17), (Anchor.End, -10, 4.5)];

    /// <summary>Keeps labels away from a marker.</summary>
    public void Occupy(double x, double y, double half = 5) => _taken.Add((x - half, y - half, x + half, y + half));

    /// <summary>Writes <paramref name="text"/> above or below the point, or not at all if there is no room.</summary>
    public bool Place(double x, double y, string text, TextStyle style, bool above) => Place(x, y, text, style, above ? Above : Below);

    /// <summary>Writes <paramref name="text"/> to the right of the point if possible.</summary>
    public bool PlaceBeside(double x, double y, string text, TextStyle style) => Place(x, y, text, style, Beside);

    private bool Place(double x, double y, string text, TextStyle style, (Anchor Anchor, double X, double Y)[] candidates)
    {
        double width = TextWidth.Of(text, style.Size, style.Bold);
        foreach ((Anchor anchor, double dx, double dy) in candidates)
        {
            double start = x + dx - (anchor == Anchor.Middle ? width / 2 : anchor == Anchor.End ? width : 0);
            double baseline = y + dy;
            var box = (Left: start - 2, Top: baseline - style.Size, Right: start + width + 2, Bottom: baseline + 4);
            bool inside = box.Left >= left && box.Right <= right && box.Top >= top - 18 && box.Bottom <= bottom;
            if (inside && !_taken.Exists(other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom))
            {
                _taken.Add(box);
                canvas.Text(x + dx, baseline, text, style with { Anchor = anchor });
                return true;
            }
        }

        return false;
    }
}

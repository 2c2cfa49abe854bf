using System.Globalization;
using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>Draws the requests of one variant.</summary>
internal sealed class PanelDrawing(SvgCanvas canvas, TimelinePanel panel, TimelineLayout layout, Theme theme, double top)
{
    private double Bottom => TimelineLayout.RowY(top, panel.Requests.Count) - (TimelineLayout.RowHeight / 2);

    public void Draw()
    {
        DrawHead();
        DrawAxis();
        for (int row = 0; row < panel.Requests.Count; row++)
        {
            DrawRow(panel.Requests[row], TimelineLayout.RowY(top, row));
        }

        for (int row = 0; row < panel.Requests.Count; row++)
        {
            DrawIv(panel.Requests[row], TimelineLayout.RowY(top, row));
        }
    }

    private double At(long picoseconds) => layout.X(Math.Clamp(picoseconds - panel.Start, 0, layout.Length));

    private void DrawHead()
    {
        canvas.Marker(panel.Index, 26, top + 9, theme.SeriesColor(panel.Index), 4.5);
        string name = TextWidth.Fit(panel.Name, layout.Width * 0.3, 13.5, bold: true);
        canvas.Text(38, top + 14, name, new TextStyle(theme.Text, 13.5, Bold: true));
        double x = 38 + TextWidth.Of(name, 13.5, bold: true) + 14;
        canvas.Text(x, top + 14, TextWidth.Fit(string.Join(" · ", panel.Facts()), layout.Width - x - 20, 12.5), new TextStyle(theme.Muted));
    }

    private void DrawAxis()
    {
        double first = TimelineLayout.RowY(top, 0) - (TimelineLayout.RowHeight / 2);
        foreach (int row in panel.Requests.Index().Where(one => one.Item.IsStale).Select(one => one.Index))
        {
            canvas.Rectangle(layout.Left, TimelineLayout.RowY(top, row) - (TimelineLayout.RowHeight / 2) + 1, layout.Right - layout.Left, TimelineLayout.RowHeight - 2, theme.FaultBack);
        }

        foreach ((double value, string label) in Scale.Linear(0, layout.Length, Microseconds, 8, grow: false).Ticks)
        {
            double x = layout.X((long)value);
            canvas.Line(x, first, x, Bottom, new Stroke(theme.Grid));
            canvas.Text(x, Bottom + 17, label, new TextStyle(theme.Muted, TimelineLayout.LabelSize, Anchor.Middle));
        }

        canvas.Line(layout.Left, Bottom, layout.Right, Bottom, new Stroke(theme.Border));
    }

    private static string Microseconds(double picoseconds) => (picoseconds / 1e6).ToString("#,0.###", CultureInfo.InvariantCulture) + " µs";

    private void DrawRow(RequestSample request, double y)
    {
        string color = request.IsStale || request.EndedPicoseconds is null ? theme.Fault : theme.Muted;
        string name = TextWidth.Fit(panel.NameOf(request), layout.NamesWidth, TimelineLayout.LabelSize);
        canvas.Text(layout.Left - 12, y + 4, name, new TextStyle(color, TimelineLayout.LabelSize, Anchor.End));
        TimelineMarks.Submission(canvas, At(request.Phases[0].AtPicoseconds), y, theme.Text);
        for (int i = 0; i < request.Phases.Count; i++)
        {
            long from = request.Phases[i].AtPicoseconds;
            long to = i + 1 < request.Phases.Count ? request.Phases[i + 1].AtPicoseconds : panel.Start + layout.EndOf(panel, request);
            DrawPhase(request, request.Phases[i].Phase, (from, to), y);
        }

        double end = layout.X(layout.EndOf(panel, request));
        canvas.Text(end + 8, y + 4, TimelineLayout.EndLabel(panel, request), new TextStyle(color, TimelineLayout.LabelSize));
    }

    private void DrawPhase(RequestSample request, int phase, (long From, long To) time, double y)
    {
        string word = panel.Phases[phase];
        string engine = word == "Process" && request.Engine is { } number ? FormattableString.Invariant($" (engine {number})") : "";
        string span = $"{Microseconds(time.From - panel.Start)} to {Microseconds(time.To - panel.Start)}";
        TimelineMarks.Phase(
            canvas, (At(time.From), At(time.To)), y, PhaseStyle.Of(word, phase), theme, $"{panel.NameOf(request)}: {word}{engine}, {ValueText.Duration(time.To - time.From)}, {span}");
        if (engine.Length > 0 && panel.HasEngines && At(time.To) - At(time.From) > 16)
        {
            string digits = request.Engine!.Value.ToString(CultureInfo.InvariantCulture);
            canvas.Text((At(time.From) + At(time.To)) / 2, y + 3.5, digits, new TextStyle(theme.Text, 10, Anchor.Middle, Halo: theme.Card));
        }
    }

    /// <summary>Where its IV was read, and from whom it came.</summary>
    private void DrawIv(RequestSample request, double y)
    {
        if (request.LatchedPicoseconds is not { } latched)
        {
            return;
        }

        if (panel.SourceOf(request) is { WrittenPicoseconds: { } written } source && written <= latched)
        {
            double from = TimelineLayout.RowY(top, panel.Requests.Index().First(one => one.Item == source).Index);
            Stroke stroke = request.IsStale ? new Stroke(theme.Fault, 1.2, "3 2") : new Stroke(theme.Text, 1.2);
            TimelineMarks.HandOver(canvas, (At(written), from + (TimelineLayout.BarHeight / 2)), (At(latched), y - (TimelineLayout.BarHeight / 2) + 1), stroke);
        }

        if (request.IsStale)
        {
            TimelineMarks.Stale(canvas, At(latched), y, theme);
        }
        else if (request.IvFrom == 0)
        {
            TimelineMarks.Latch(canvas, At(latched), y, theme);
        }
    }
}

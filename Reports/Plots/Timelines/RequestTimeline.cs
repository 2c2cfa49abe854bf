using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>Requests as Gantt charts, one above the other on the same scale: a row for each request, its phases from left to right, and arrows where an IV is handed on.</summary>
public sealed class RequestTimeline
{
    private const string Start = "Request from userspace";
    private const string First = "read the user's IV";
    private const string HandOver = "IV updated, read by the next";
    private const string Stale = "read a stale IV";

    private readonly IReadOnlyList<TimelinePanel> _panels;
    private readonly Theme _theme;
    private readonly TimelineLayout _layout;
    private readonly SvgCanvas _canvas;

    private RequestTimeline(IReadOnlyList<TimelinePanel> panels, IReadOnlyList<TimelinePanel> compared, Theme theme, double width)
    {
        (_panels, _theme) = (panels, theme);
        _layout = new TimelineLayout(compared, Words(panels), width);
        _canvas = new SvgCanvas(SizeOf(panels, width), Title(panels), Describe(panels), theme.Card);
    }

    /// <summary>Draws <paramref name="panels"/>, at least one, as SVG.</summary>
    /// <param name="panels">Variants, in order.</param>
    /// <param name="compared">These and those of other figures on the same scale.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="width">[px]</param>
    public static string Draw(IReadOnlyList<TimelinePanel> panels, IReadOnlyList<TimelinePanel> compared, Theme theme, double width) =>
        new RequestTimeline(panels, compared, theme, width).Draw();

    /// <summary>How large the drawing is.</summary>
    internal static PlotSize SizeOf(IReadOnlyList<TimelinePanel> panels, double width)
    {
        double top = new TimelineLayout(panels, Words(panels), width).Top;
        return new PlotSize(width, top + panels.Sum(panel => TimelineLayout.PanelHeight(panel.Requests.Count)));
    }

    internal static string Title(IReadOnlyList<TimelinePanel> panels) =>
        panels.Any(panel => panel.Requests.Any(request => request.IvFrom > 0)) ? "Requests and the IV that they hand on" : "Requests, phase by phase";

    internal static string Describe(IReadOnlyList<TimelinePanel> panels) => string.Join("; ", panels.Select(panel => $"{panel.Name}: {string.Join(", ", panel.Facts())}"));

    /// <summary>What the legend explains: nothing that is not there.</summary>
    private static IReadOnlyList<string> Words(IReadOnlyList<TimelinePanel> panels)
    {
        (TimelinePanel Panel, RequestSample Request)[] all = [.. panels.SelectMany(panel => panel.Requests.Select(request => (panel, request)))];
        IEnumerable<string> phases =
            from phase in panels.SelectMany(panel => panel.Phases).Distinct()
            where all.Any(one => one.Request.Phases.Any(start => one.Panel.Phases[start.Phase] == phase))
            select phase;
        (string Word, bool IsThere)[] marks =
        [
            (First, all.Any(one => one.Request is { IvFrom: 0, IsStale: false, LatchedPicoseconds: not null })),
            (HandOver, all.Any(one => !one.Request.IsStale && one.Panel.SourceOf(one.Request) is not null)),
            (Stale, all.Any(one => one.Request.IsStale)),
        ];
        return [Start, .. phases, .. marks.Where(mark => mark.IsThere).Select(mark => mark.Word)];
    }

    private string Draw()
    {
        _canvas.Text(20, 28, TextWidth.Fit(Title(_panels), _layout.Width - 40, 15, bold: true), new TextStyle(_theme.Text, 15, Bold: true));
        string subtitle = "A row for each request, from its system call to its callback; bars are work, thin lines are waits. Virtual time from the first request, on one scale for all.";
        _canvas.Text(20, 47, TextWidth.Fit(subtitle, _layout.Width - 40, 12.5), new TextStyle(_theme.Muted));
        foreach ((string word, double x, double y) in _layout.Legend)
        {
            DrawSwatch(word, x, y - 4.5);
            _canvas.Text(x + 30, y, word, new TextStyle(_theme.Text));
        }

        double top = _layout.Top;
        foreach (TimelinePanel panel in _panels)
        {
            new PanelDrawing(_canvas, panel, _layout, _theme, top).Draw();
            top += TimelineLayout.PanelHeight(panel.Requests.Count);
        }

        return _canvas.Finish();
    }

    private void DrawSwatch(string word, double x, double y)
    {
        switch (word)
        {
            case Start:
                TimelineMarks.Submission(_canvas, x + 18, y, _theme.Text);
                break;
            case First:
                TimelineMarks.Latch(_canvas, x + 11, y, _theme);
                break;
            case HandOver:
                TimelineMarks.HandOver(_canvas, (x + 4, y - 5), (x + 18, y + 5), new Stroke(_theme.Text, 1.2));
                break;
            case Stale:
                TimelineMarks.Stale(_canvas, x + 11, y, _theme);
                break;
            default:
                PhaseStyle style = PhaseStyle.Of(word, 0);
                TimelineMarks.Phase(_canvas, (x, x + 22), y, style, _theme, word);
                break;
        }
    }
}

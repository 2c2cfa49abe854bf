using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>Who called whom, what came back and what never did: lanes side by side, time downward and not to scale.</summary>
public sealed class SequenceChart
{
    private const double LowestMark = 48;   // [px] of a marked row, with its words under the number
    private const double BarHalf = 5;
    private const double LineHeight = 16;
    private const double BoxPadding = 8;
    private const double BoxWidth = 300;    // [px] at most

    private readonly Sequence _sequence;
    private readonly Theme _theme;
    private readonly double _width;
    private readonly double[] _tops;        // [px] upper edge of each row, then the end of the last
    private readonly SvgCanvas _canvas;
    private readonly double _lanesTop;

    private SequenceChart(Sequence sequence, Theme theme, double width)
    {
        (_sequence, _theme, _width) = (sequence, theme, width);
        _lanesTop = 62 + 19 * (Subtitle.Count - 1);
        double y = _lanesTop + 62;
        _tops = new double[sequence.Rows.Count + 1];
        for (int i = 0; i < sequence.Rows.Count; i++)
        {
            _tops[i] = y;
            y += Math.Max(Height(sequence.Rows[i]), IsMarked(i) && !IsMarked(i + 1) ? LowestMark : 0);
        }

        _tops[^1] = y;
        double height = y + 14 + BandHeight + 20;
        _canvas = new SvgCanvas(new PlotSize(width, height), sequence.Title, string.Join(". ", sequence.Ending), theme.Card);
    }

    /// <summary>Draws the chart of <paramref name="run"/>, which has a trace, as SVG; its height follows from its rows.</summary>
    /// <param name="run">A run with a trace.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="width">[px]</param>
    public static string Draw(RunRecord run, Theme theme, double width) => Draw(run, SequenceScale.VirtualTime, theme, width);

    /// <summary>The same for a run whose times are something else.</summary>
    internal static string Draw(RunRecord run, SequenceScale scale, Theme theme, double width) => new SequenceChart(SequenceBuilder.Build(run, scale), theme, width).Draw();

    private IReadOnlyList<string> Subtitle => TextWidth.Wrap(_sequence.Subtitle, _width - 40, 12.5);

    private IReadOnlyList<string> Ending => [.. _sequence.Ending.SelectMany((line, i) => TextWidth.Wrap(line, _width - 72, 13, bold: i == 0))];

    private double BandHeight => Ending.Count * 19 + 16;

    private string Draw()
    {
        _canvas.Raw($"<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"{_theme.Fault}\" stroke-width=\"2.4\"/></pattern></defs>");
        _canvas.Text(20, 28, TextWidth.Fit(_sequence.Title, _width - 40, 15, bold: true), new TextStyle(_theme.Text, 15, Bold: true));
        for (int i = 0; i < Subtitle.Count; i++)
        {
            _canvas.Text(20, 47 + 19 * i, Subtitle[i], new TextStyle(_theme.Muted));
        }

        DrawMark();
        DrawLanes();
        DrawSleeps();
        long? last = null;
        for (int i = 0; i < _sequence.Rows.Count; i++)
        {
            DrawRow(_sequence.Rows[i], _tops[i], last);
            last = _sequence.Rows[i].At ?? last;
        }

        DrawEnding();
        return _canvas.Finish();
    }

    private double Gutter => _sequence.Scale.Gutter;   // [px] for the numbers at the left

    private bool IsMarked(int row) => row < _sequence.Rows.Count && _sequence.Rows[row].At is { } at && at == _sequence.Scale.Mark;

    private string MarkColor => _sequence.Passes ? _theme.Good : _theme.Fault;

    // ── lanes ───────────────────────────────────────────────────────────

    /// <summary>A band behind the rows of the marked number.</summary>
    private void DrawMark()
    {
        int[] rows = [.. Enumerable.Range(0, _sequence.Rows.Count).Where(IsMarked)];
        if (rows.Length > 0)
        {
            double height = _tops[rows[^1] + 1] - _tops[rows[0]] - 2;
            _canvas.Rectangle(8, _tops[rows[0]] + 1, _width - 16, height, _sequence.Passes ? _theme.Page : _theme.FaultBack, radius: 5);
            _canvas.Rectangle(8, _tops[rows[0]] + 1, 4, height, MarkColor);
        }
    }

    private double Spacing => (_width - Gutter - 24) / Math.Max(1, _sequence.Lanes.Count);

    private double X(int lane) => Gutter + (lane + 0.5) * Spacing;

    private void DrawLanes()
    {
        _canvas.Text(20, _lanesTop + 26, _sequence.Scale.Title, new TextStyle(_theme.Muted));
        double half = Math.Min(Spacing / 2 - 6, 92);
        for (int i = 0; i < _sequence.Lanes.Count; i++)
        {
            Lane lane = _sequence.Lanes[i];
            _canvas.Line(X(i), _lanesTop + 42, X(i), _tops[^1] + 14, new Stroke(_theme.Border, 1, "2 4"));
            _canvas.Rectangle(X(i) - half, _lanesTop, 2 * half, 42, _theme.Page, new Stroke(_theme.Border), 6);
            _canvas.Text(X(i), _lanesTop + 18, TextWidth.Fit(lane.Name, 2 * half - 10, 13, bold: true), new TextStyle(_theme.Text, 13, Anchor.Middle, Bold: true));
            _canvas.Text(X(i), _lanesTop + 34, TextWidth.Fit(lane.Role, 2 * half - 10, 11.5), new TextStyle(_theme.Muted, 11.5, Anchor.Middle));
            if (lane.IsProcess)
            {
                _canvas.Rectangle(X(i) - BarHalf, _lanesTop + 50, 2 * BarHalf, _tops[^1] + 14 - _lanesTop - 50, _theme.Card, new Stroke(_theme.Border));
            }
        }
    }

    private void DrawSleeps()
    {
        foreach (SleepSpan sleep in _sequence.Sleeps)
        {
            bool forEver = sleep.LastRow == _sequence.Rows.Count;
            double top = _tops[sleep.FirstRow] + 2;
            double bottom = forEver ? _tops[^1] + 14 : _tops[sleep.LastRow] + 20;
            _canvas.Rectangle(X(sleep.Lane) - BarHalf, top, 2 * BarHalf, Math.Max(6, bottom - top), forEver ? _theme.FaultBack : _theme.Grid, new Stroke(forEver ? _theme.Fault : _theme.Border));
            if (forEver)
            {
                _canvas.Rectangle(X(sleep.Lane) - BarHalf, top, 2 * BarHalf, Math.Max(6, bottom - top), "url(#hatch)");
            }
        }
    }

    // ── rows ────────────────────────────────────────────────────────────

    private static double Height(SequenceRow row) => row.IsBox ? BoxLines(row).Count * LineHeight + BoxPadding + 14 : row.Note.Length > 0 ? 46 : 34;

    private void DrawRow(SequenceRow row, double top, long? last)
    {
        if (row.From < 0)
        {
            DrawRemark(row, top + 18);
        }
        else if (row.IsBox)
        {
            DrawBox(row, top + 4);
        }
        else
        {
            DrawArrow(row, top + 22);
        }

        if (row.At is { } at && at != last)
        {
            bool marked = at == _sequence.Scale.Mark;
            double y = top + (row.IsBox ? 20 : 26);
            _canvas.Text(Gutter - 14, y, _sequence.Scale.Text(at), new TextStyle(marked ? MarkColor : _theme.Muted, Anchor: Anchor.End, Bold: marked));
            if (marked)
            {
                _canvas.Text(Gutter - 14, y + 15, _sequence.Scale.MarkText, new TextStyle(MarkColor, 11.5, Anchor.End));
            }
        }
    }

    private void DrawRemark(SequenceRow row, double y)
    {
        _canvas.Line(Gutter, y, _width - 24, y, new Stroke(_theme.Border, 1, "1 5"));
        _canvas.Text((Gutter + _width - 24) / 2, y + 4.5, row.Text, new TextStyle(_theme.Muted, Anchor: Anchor.Middle, Halo: _theme.Card));
    }

    private void DrawArrow(SequenceRow row, double y)
    {
        int direction = row.To > row.From ? 1 : -1;
        double start = X(row.From) + direction * BarHalf;
        double end = X(row.To) - direction * (BarHalf + 1);
        string color = Color(row.Meaning);
        string dash = row.Meaning is Meaning.Return or Meaning.Fault or Meaning.Never ? "5 4" : "";
        double stop = row.Meaning == Meaning.Never ? end - direction * 16 : end;
        _canvas.Line(start, y, stop, y, new Stroke(color, 1.6, dash));
        DrawHead(row.Meaning, stop, y, direction, color);
        bool loud = row.Meaning is Meaning.Fault or Meaning.Never;
        double middle = (start + end) / 2;
        double room = Math.Abs(end - start) + Spacing;
        DrawLabel(middle, y - 6, TextWidth.Fit(row.Text, room, 12.5, loud), new TextStyle(color, Anchor: Anchor.Middle, Bold: loud, Halo: _theme.Card));
        DrawLabel(middle, y + 15, TextWidth.Fit(row.Note, room, 11.5), new TextStyle(loud ? color : _theme.Muted, 11.5, Anchor.Middle, Halo: _theme.Card));
    }

    /// <summary>Centred on the arrow, moved inside when it would leave the drawing.</summary>
    private void DrawLabel(double middle, double y, string text, TextStyle style)
    {
        if (text.Length > 0)
        {
            double half = TextWidth.Of(text, style.Size, style.Bold) / 2;
            _canvas.Text(Math.Clamp(middle, Gutter + half, Math.Max(Gutter + half, _width - 12 - half)), y, text, style);
        }
    }

    private void DrawHead(Meaning meaning, double x, double y, int direction, string color)
    {
        if (meaning == Meaning.Never)
        {
            double cross = x + direction * 8;
            _canvas.Path($"M{SvgCanvas.N(cross - 5)} {SvgCanvas.N(y - 5)}l10 10m0 -10l-10 10", new Stroke(color, 2.2));
            return;
        }

        bool open = meaning is Meaning.Return or Meaning.Fault;
        string head = $"M{SvgCanvas.N(x - direction * 8)} {SvgCanvas.N(y - 4)}L{SvgCanvas.N(x)} {SvgCanvas.N(y)}L{SvgCanvas.N(x - direction * 8)} {SvgCanvas.N(y + 4)}";
        _canvas.Path(open ? head : head + "z", new Stroke(color, 1.6), open ? "none" : color);
    }

    /// <summary>A box stands beside its lane, to the right unless it would leave the drawing.</summary>
    private void DrawBox(SequenceRow row, double top)
    {
        IReadOnlyList<string> lines = BoxLines(row);
        double width = lines.Select((line, i) => TextWidth.Of(line, 12.5, i == 0)).Max() + 20;
        double left = X(row.From) + BarHalf + 8;
        if (left + width > _width - 12)
        {
            left = Math.Max(Gutter, X(row.From) - BarHalf - 8 - width);
        }

        bool fault = row.Meaning == Meaning.Fault;
        double height = lines.Count * LineHeight + BoxPadding;
        _canvas.Rectangle(left, top, width, height, fault ? _theme.FaultBack : _theme.Page, new Stroke(fault ? _theme.Fault : _theme.Border), 5);
        for (int i = 0; i < lines.Count; i++)
        {
            string color = fault ? _theme.Fault : i == 0 ? _theme.Text : _theme.Muted;
            _canvas.Text(left + 10, top + 17 + i * LineHeight, lines[i], new TextStyle(color, Bold: i == 0 && fault));
        }
    }

    private static IReadOnlyList<string> BoxLines(SequenceRow row)
    {
        string first = TextWidth.Fit(row.Text, BoxWidth - 20, 12.5, bold: true);
        return row.Note.Length == 0 ? [first] : [first, .. TextWidth.Wrap(row.Note, BoxWidth - 20, 12.5)];
    }

    private string Color(Meaning meaning) => meaning switch
    {
        Meaning.Call => _theme.InkColor(0),
        Meaning.Completion => _theme.Good,
        Meaning.Fault or Meaning.Never => _theme.Fault,
        _ => _theme.Muted,
    };

    private void DrawEnding()
    {
        double top = _tops[^1] + 14;
        string color = MarkColor;
        _canvas.Rectangle(20, top, _width - 40, BandHeight, _sequence.Passes ? _theme.Page : _theme.FaultBack);
        _canvas.Line(20, top, _width - 20, top, new Stroke(color, 1.5));
        for (int i = 0; i < Ending.Count; i++)
        {
            _canvas.Text(36, top + 21 + i * 19, Ending[i], new TextStyle(color, 13, Bold: i == 0));
        }
    }
}

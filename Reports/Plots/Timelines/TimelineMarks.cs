using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>The marks of a timeline.</summary>
internal static class TimelineMarks
{
    private const double Half = TimelineLayout.BarHeight / 2;

    /// <summary>A bar for work, a thin line for a wait; its words show where the pointer rests.</summary>
    public static void Phase(SvgCanvas canvas, (double From, double To) x, double y, PhaseStyle style, Theme theme, string words)
    {
        string title = $"<title>{SvgCanvas.Escape(words)}</title>";
        string color = theme.StageColor(style.Color);
        if (style.IsWait)
        {
            string dash = style.Dash.Length == 0 ? "" : $" stroke-dasharray=\"{style.Dash}\"";
            canvas.Raw($"""<path d="M{SvgCanvas.N(x.From)} {SvgCanvas.N(y)}L{SvgCanvas.N(x.To)} {SvgCanvas.N(y)}" stroke="{color}" stroke-width="3"{dash}>{title}</path>""");
            return;
        }

        canvas.Raw($"""<rect x="{SvgCanvas.N(x.From)}" y="{SvgCanvas.N(y - Half)}" width="{SvgCanvas.N(x.To - x.From)}" height="{SvgCanvas.N(2 * Half)}" fill="{color}">{title}</rect>""");
    }

    /// <summary>A request comes from user space: points to the instant.</summary>
    public static void Submission(SvgCanvas canvas, double x, double y, string color) =>
        canvas.Fill($"M{SvgCanvas.N(x)} {SvgCanvas.N(y)}l-7 -4.5v9z", color);

    /// <summary>An IV is read.</summary>
    public static void Latch(SvgCanvas canvas, double x, double y, Theme theme) =>
        canvas.Raw($"""<circle cx="{SvgCanvas.N(x)}" cy="{SvgCanvas.N(y)}" r="2.8" fill="{theme.Card}" stroke="{theme.Text}" stroke-width="1.4"/>""");

    /// <summary>An IV is read that is not the one of the chain.</summary>
    public static void Stale(SvgCanvas canvas, double x, double y, Theme theme)
    {
        string cross = $"M{SvgCanvas.N(x - 4.5)} {SvgCanvas.N(y - 4.5)}l9 9m0 -9l-9 9";
        canvas.Path(cross, new Stroke(theme.Card, 5.5), extra: " stroke-linecap=\"round\"");
        canvas.Path(cross, new Stroke(theme.Fault, 2.6), extra: " stroke-linecap=\"round\"");
    }

    /// <summary>An IV goes from where it is written back to where it is read: down, across between the rows, down, as the arrows of a Gantt chart do.</summary>
    public static void HandOver(SvgCanvas canvas, (double X, double Y) written, (double X, double Y) latched, Stroke stroke)
    {
        double between = latched.Y - 5.5;
        string x = SvgCanvas.N(latched.X);
        string path = Math.Abs(latched.X - written.X) < 0.5
            ? $"M{x} {SvgCanvas.N(written.Y)}V{SvgCanvas.N(latched.Y - 3)}"
            : $"M{SvgCanvas.N(written.X)} {SvgCanvas.N(written.Y)}V{SvgCanvas.N(between)}H{x}V{SvgCanvas.N(latched.Y - 3)}";
        canvas.Path(path, stroke, extra: " stroke-linejoin=\"round\"");
        canvas.Fill($"M{x} {SvgCanvas.N(latched.Y)}l-3.4 -4.6h6.8z", stroke.Color);
    }
}

using System.Globalization;
using System.Text;

namespace CryptoSim.Reports.Plots.Svg;

/// <summary>Where a text stands relative to its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a text looks.</summary>
/// <param name="Color">Fill.</param>
/// <param name="Size">[px]</param>
/// <param name="Anchor">Which part of it is at the point.</param>
/// <param name="Bold">Semibold.</param>
/// <param name="Halo">Colour of an outline that keeps it readable on lines; null for none.</param>
internal sealed record TextStyle(string Color, double Size = 12.5, Anchor Anchor = Anchor.Start, bool Bold = false, string? Halo = null);

/// <summary>How a line looks.</summary>
internal sealed record Stroke(string Color, double Width = 1, string Dash = "", double Opacity = 1);

/// <summary>Writes SVG. Numbers have two decimals, nothing is counted and no clock is read, so the same drawing has the same bytes.</summary>
internal sealed class SvgCanvas
{
    /// <summary>Faces of every text, in order of preference.</summary>
    public const string Faces = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

    private readonly StringBuilder _text = new();

    /// <summary>A drawing of <paramref name="size"/> whose content is told by <paramref name="title"/> and <paramref name="description"/> to those who do not see it.</summary>
    public SvgCanvas(PlotSize size, string title, string description, string background)
    {
        Size = size;
        _text.Append(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {N(size.Width)} {N(size.Height)}" width="{N(size.Width)}" height="{N(size.Height)}" role="img" aria-label="{Escape(title + ": " + description)}" font-family="{Faces}" font-size="12.5">""");
        _text.Append('\n');
        Rectangle(0, 0, size.Width, size.Height, background);
    }

    public PlotSize Size { get; }

    /// <summary>A number with at most two decimals.</summary>
    public static string N(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Text as content or attribute value; control characters, which XML cannot hold, become a blank.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                < ' ' or 0x7f or 0xfffe or 0xffff => escaped.Append(' '),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Append($"""<path d="M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}" {Attributes(stroke)}/>""");

    public void Path(string data, Stroke stroke, string fill = "none", double fillOpacity = 1, string extra = "") =>
        Append($"""<path d="{data}" {Attributes(stroke)} fill="{fill}"{(fillOpacity < 1 ? $" fill-opacity=\"{N(fillOpacity)}\"" : "")}{extra}/>""");

    public void Fill(string data, string fill, double opacity = 1) =>
        Append($"""<path d="{data}" fill="{fill}"{(opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "")}/>""");

    public void Rectangle(double x, double y, double width, double height, string fill, Stroke? stroke = null, double radius = 0) =>
        Append($"""<rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}"{(radius > 0 ? $" rx=\"{N(radius)}\"" : "")} fill="{fill}"{(stroke is null ? "" : " " + Attributes(stroke))}/>""");

    public void Text(double x, double y, string text, TextStyle style)
    {
        string anchor = style.Anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" };
        string weight = style.Bold ? " font-weight=\"600\"" : "";
        string size = style.Size == 12.5 ? "" : $" font-size=\"{N(style.Size)}\"";
        string halo = style.Halo is null ? "" : $" stroke=\"{style.Halo}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
        Append($"""<text x="{N(x)}" y="{N(y)}" fill="{style.Color}"{size}{weight}{anchor}{halo}>{Escape(text)}</text>""");
    }

    /// <summary>A text that reads from bottom to top, centred on the point.</summary>
    public void TextUpward(double x, double y, string text, TextStyle style) =>
        Append($"""<text transform="translate({N(x)} {N(y)}) rotate(-90)" fill="{style.Color}" text-anchor="middle">{Escape(text)}</text>""");

    /// <summary>The marker of series <paramref name="index"/>: its shape tells it apart without colour.</summary>
    public void Marker(int index, double x, double y, string color, double size = 4)
    {
        string data = (index % 8) switch
        {
            0 => $"M{N(x - size)} {N(y)}a{N(size)} {N(size)} 0 1 0 {N(2 * size)} 0a{N(size)} {N(size)} 0 1 0 {N(-2 * size)} 0z",
            1 => $"M{N(x - size)} {N(y - size)}h{N(2 * size)}v{N(2 * size)}h{N(-2 * size)}z",
            2 => $"M{N(x)} {N(y - size * 1.3)}l{N(size * 1.2)} {N(size * 2.2)}h{N(-size * 2.4)}z",
            3 => $"M{N(x)} {N(y - size * 1.4)}l{N(size * 1.4)} {N(size * 1.4)}l{N(-size * 1.4)} {N(size * 1.4)}l{N(-size * 1.4)} {N(-size * 1.4)}z",
            4 => $"M{N(x)} {N(y + size * 1.3)}l{N(size * 1.2)} {N(-size * 2.2)}h{N(-size * 2.4)}z",
            5 => $"M{N(x - size)} {N(y - size)}l{N(2 * size)} {N(2 * size)}M{N(x - size)} {N(y + size)}l{N(2 * size)} {N(-2 * size)}",
            6 => $"M{N(x - size)} {N(y)}h{N(2 * size)}M{N(x)} {N(y - size)}v{N(2 * size)}",
            _ => $"M{N(x - size)} {N(y - size)}h{N(2 * size)}l{N(-2 * size)} {N(2 * size)}h{N(2 * size)}z",
        };
        Append($"""<path d="{data}" fill="{color}" stroke="{color}"/>""");
    }

    public void Raw(string svg) => _text.Append(svg).Append('\n');

    /// <summary>The whole drawing.</summary>
    public string Finish() => _text + "</svg>\n";

    private void Append(string element) => _text.Append(element).Append('\n');

    private static string Attributes(Stroke stroke)
    {
        string dash = stroke.Dash.Length == 0 ? "" : $" stroke-dasharray=\"{stroke.Dash}\"";
        string width = stroke.Width == 1 ? "" : $" stroke-width=\"{N(stroke.Width)}\"";
        string opacity = stroke.Opacity < 1 ? $" stroke-opacity=\"{N(stroke.Opacity)}\"" : "";
        return $"stroke=\"{stroke.Color}\"{width}{dash}{opacity}";
    }
}

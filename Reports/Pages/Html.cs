using System.Text;

namespace CryptoSim.Reports.Pages;

/// <summary>Builds a page. Everything that comes from a scenario passes through <see cref="Text"/>.</summary>
internal sealed class Html
{
    private readonly StringBuilder _page = new();

    /// <summary>Markup that this program wrote.</summary>
    public Html Raw(string markup)
    {
        _page.Append(markup);
        return this;
    }

    /// <summary>Markup and a line end.</summary>
    public Html Line(string markup)
    {
        _page.Append(markup).Append('\n');
        return this;
    }

    /// <summary>Text from anywhere, escaped.</summary>
    public Html Text(string text)
    {
        _page.Append(Escape(text));
        return this;
    }

    /// <summary>Text from anywhere inside an element.</summary>
    public Html Element(string tag, string text, string attributes = "")
    {
        string open = attributes.Length > 0 ? $"<{tag} {attributes}>" : $"<{tag}>";
        _page.Append(open).Append(Escape(text)).Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>Text as content or attribute value.</summary>
    public static string Escape(string text) => Plots.Svg.SvgCanvas.Escape(text);

    /// <summary>Text in which line ends stay, for a <c>pre</c>.</summary>
    public static string EscapeLines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Escape));

    public override string ToString() => _page.ToString();
}

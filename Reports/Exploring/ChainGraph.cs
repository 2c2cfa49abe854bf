using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Exploring;

/// <summary>A wait chain as boxes and arrows from left to right, in as many rows as it needs; a cycle leads back to its beginning.</summary>
internal sealed class ChainGraph
{
    private const double BoxHeight = 34;
    private const double RowHeight = 58;
    private const double Gap = 70;          // [px] between boxes: room for the verb
    private const double Margin = 20;
    private const double LongestBox = 300;

    private readonly WaitChain _chain;
    private readonly Theme _theme;
    private readonly (double X, double Y, double Width)[] _boxes;
    private readonly SvgCanvas _canvas;

    private ChainGraph(WaitChain chain, Theme theme, double width)
    {
        (_chain, _theme) = (chain, theme);
        _boxes = new (double, double, double)[chain.Links.Count];
        double x = Margin;
        double y = 14;
        for (int i = 0; i < _boxes.Length; i++)
        {
            double box = Math.Min(LongestBox, TextWidth.Of(chain.Links[i].Name, 13, bold: true) + 24);
            if (i > 0 && x + box > width - Margin)
            {
                (x, y) = (Margin + Gap, y + RowHeight);
            }

            _boxes[i] = (x, y, box);
            x += box + Gap;
        }

        double height = y + BoxHeight + (chain.BackTo >= 0 ? 40 : 14);
        string description = string.Join(" ", chain.Links.Select(link => $"{link.Verb} {link.Name}".Trim()));
        _canvas = new SvgCanvas(new PlotSize(width, height), "Wait chain, " + chain.Summary, description, theme.Card);
    }

    /// <summary>Draws it.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="width">[px]</param>
    public static string Draw(WaitChain chain, Theme theme, double width) => new ChainGraph(chain, theme, width).Draw();

    private string Draw()
    {
        for (int i = 0; i < _boxes.Length; i++)
        {
            if (i > 0)
            {
                DrawArrow(_chain.Links[i], _boxes[i]);
            }

            DrawBox(_chain.Links[i], _boxes[i]);
        }

        if (_chain.BackTo >= 0)
        {
            DrawBack(_boxes[^1], _boxes[_chain.BackTo]);
        }

        return _canvas.Finish();
    }

    private void DrawBox(ChainLink link, (double X, double Y, double Width) box)
    {
        bool bad = link.IsNobody || (_chain.BackTo >= 0 && link.IsProcess);
        string fill = link.IsNobody ? _theme.FaultBack : link.IsProcess ? _theme.Page : _theme.Card;
        _canvas.Rectangle(box.X, box.Y, box.Width, BoxHeight, fill, new Stroke(bad ? _theme.Fault : _theme.Border, bad ? 1.6 : 1, link.IsNobody ? "5 4" : ""), link.IsProcess ? 4 : 17);
        string text = TextWidth.Fit(link.Name, box.Width - 14, 13, link.IsProcess);
        _canvas.Text(box.X + box.Width / 2, box.Y + 22, text, new TextStyle(link.IsNobody ? _theme.Fault : _theme.Text, 13, Anchor.Middle, Bold: link.IsProcess || link.IsNobody));
    }

    /// <summary>In the room before a box; at the beginning of a row it comes from the row above.</summary>
    private void DrawArrow(ChainLink link, (double X, double Y, double Width) box)
    {
        string color = link.IsNobody ? _theme.Fault : _theme.Muted;
        double y = box.Y + BoxHeight / 2;
        _canvas.Line(box.X - Gap + 4, y, box.X - 3, y, new Stroke(color, 1.4, link.IsNobody ? "5 4" : ""));
        Head(box.X - 3, y, color);
        _canvas.Text(box.X - Gap / 2, y - 6, link.Verb, new TextStyle(color, 11.5, Anchor.Middle, Halo: _theme.Card));
    }

    private void Head(double x, double y, string color) =>
        _canvas.Path($"M{SvgCanvas.N(x - 8)} {SvgCanvas.N(y - 4)}L{SvgCanvas.N(x)} {SvgCanvas.N(y)}L{SvgCanvas.N(x - 8)} {SvgCanvas.N(y + 4)}z", new Stroke(color, 1.4), color);

    private void DrawBack((double X, double Y, double Width) from, (double X, double Y, double Width) to)
    {
        double low = from.Y + BoxHeight + 22;
        double start = from.X + from.Width / 2;
        double end = to.Y < from.Y ? Margin - 12 : to.X + to.Width / 2;
        string up = to.Y < from.Y ? $"V{SvgCanvas.N(to.Y + BoxHeight / 2)}H{SvgCanvas.N(to.X - 3)}" : $"V{SvgCanvas.N(to.Y + BoxHeight + 3)}";
        _canvas.Path($"M{SvgCanvas.N(start)} {SvgCanvas.N(from.Y + BoxHeight)}V{SvgCanvas.N(low)}H{SvgCanvas.N(end)}{up}", new Stroke(_theme.Fault, 1.6));
        double x = to.Y < from.Y ? to.X - 3 : end;
        double y = to.Y < from.Y ? to.Y + BoxHeight / 2 : to.Y + BoxHeight + 3;
        string head = to.Y < from.Y ? $"M{SvgCanvas.N(x - 8)} {SvgCanvas.N(y - 4)}L{SvgCanvas.N(x)} {SvgCanvas.N(y)}L{SvgCanvas.N(x - 8)} {SvgCanvas.N(y + 4)}z"
            : $"M{SvgCanvas.N(x - 4)} {SvgCanvas.N(y + 8)}L{SvgCanvas.N(x)} {SvgCanvas.N(y)}L{SvgCanvas.N(x + 4)} {SvgCanvas.N(y + 8)}z";
        _canvas.Path(head, new Stroke(_theme.Fault, 1.4), _theme.Fault);
        _canvas.Text((start + end) / 2, low - 5, _chain.BackVerb + " " + _chain.Links[_chain.BackTo].Name, new TextStyle(_theme.Fault, 11.5, Anchor.Middle, Halo: _theme.Card));
    }
}

using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Pages;

/// <summary>The marker of a variant beside its name.</summary>
internal static class Swatch
{
    public static string Of(int index)
    {
        string color = Theme.Named.SeriesColor(index);
        string shape = (index % 8) switch
        {
            0 => $"<circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"{color}\"/>",
            1 => $"<rect x=\"1\" y=\"1\" width=\"10\" height=\"10\" fill=\"{color}\"/>",
            2 => $"<path d=\"M6 1L11 11H1z\" fill=\"{color}\"/>",
            3 => $"<path d=\"M6 0L12 6L6 12L0 6z\" fill=\"{color}\"/>",
            4 => $"<path d=\"M6 11L11 1H1z\" fill=\"{color}\"/>",
            5 => $"<path d=\"M1 1L11 11M1 11L11 1\" stroke=\"{color}\" stroke-width=\"3\"/>",
            6 => $"<path d=\"M6 0V12M0 6H12\" stroke=\"{color}\" stroke-width=\"3\"/>",
            _ => $"<path d=\"M1 1H11L1 11H11z\" fill=\"{color}\"/>",
        };
        return $"<svg class=\"swatch\" viewBox=\"0 0 12 12\" width=\"{SvgCanvas.N(11)}\" height=\"{SvgCanvas.N(11)}\" aria-hidden=\"true\">{shape}</svg>";
    }
}

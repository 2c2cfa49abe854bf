namespace CryptoSim.Reports.Pages;

/// <summary>What the script draws from.</summary>
internal static class ChartData
{
    public static void Write(Html page, IReadOnlyList<Figure> figures)
    {
        _ = figures;
        page.Line("<script type=\"application/json\" id=\"charts\">[]</script>");
    }
}

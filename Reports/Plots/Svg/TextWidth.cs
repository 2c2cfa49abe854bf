namespace CryptoSim.Reports.Plots.Svg;

/// <summary>How wide a text will be at most in the usual sans-serif faces, so that labels can be kept apart without a browser.</summary>
/// <remarks>Advance widths of a wide face (thousandths of the font size) for the printable ASCII characters; narrower faces leave a little room.</remarks>
internal static class TextWidth
{
    private const int Bold = 1100;   // thousandths: bold faces are about a tenth wider
    private const int Other = 640;   // characters beyond ASCII

    private static readonly int[] Advances =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
        636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
        634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    /// <summary>[px] Width of <paramref name="text"/> at font size <paramref name="size"/> [px].</summary>
    public static double Of(string text, double size, bool bold = false)
    {
        int thousandths = 0;
        foreach (char c in text)
        {
            int index = c - ' ';
            thousandths += index >= 0 && index < Advances.Length ? Advances[index] : Other;
        }

        return thousandths * (bold ? Bold / 1000.0 : 1) * size / 1000;
    }

    /// <summary><paramref name="text"/>, cut and ended with an ellipsis if it is wider than <paramref name="width"/> [px].</summary>
    public static string Fit(string text, double width, double size, bool bold = false)
    {
        if (Of(text, size, bold) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 1 && Of(text[..length] + "…", size, bold) > width)
        {
            length--;
        }

        return text[..length].TrimEnd() + "…";
    }

    /// <summary><paramref name="text"/> in lines at most <paramref name="width"/> [px] wide, broken at blanks.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, bool bold = false)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Of(longer, size, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return [.. lines.Select(one => Fit(one, width, size, bold))];
    }
}

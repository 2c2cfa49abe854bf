namespace CryptoSim.Reports.Planning;

/// <summary>Which class of colour a value of a quantity has.</summary>
internal sealed class HeatScale
{
    private readonly KeyslotQuantity _quantity;
    private readonly double[] _bounds;   // ascending; a value up to the first is in the first class
    private readonly int _first;         // class of the lowest values

    private HeatScale(KeyslotQuantity quantity, double[] bounds, int first) => (_quantity, _bounds, _first) = (quantity, bounds, first);

    /// <summary>Classes from the lowest to the highest.</summary>
    public IReadOnlyList<(int Class, string Text)> Classes =>
    [
        .. _bounds.Select((bound, i) => (_first + i, "≤ " + KeyslotText.Bound(_quantity, bound))),
        (_first + _bounds.Length, "> " + KeyslotText.Bound(_quantity, _bounds[^1])),
    ];

    /// <summary>Around its limit if a quantity has one; else over its values, evenly on a logarithmic scale.</summary>
    public static HeatScale Of(KeyslotReport report, KeyslotQuantity quantity)
    {
        if (quantity.LimitOf(report) is { } limit)
        {
            return new HeatScale(quantity, [limit / 10, limit, limit * 3, limit * 10, limit * 30], HeatColors.Good);
        }

        double[] values = [.. report.Cells.Select(cell => cell.Of(quantity)?.Mean ?? 0).Where(value => value > 0)];
        return new HeatScale(quantity, values.Length == 0 ? [1] : Bounds(values.Min(), values.Max()), HeatColors.Neutral);
    }

    /// <summary>The class of a value.</summary>
    public int ClassOf(double value)
    {
        int place = Array.FindIndex(_bounds, bound => value <= bound);
        return _first + (place < 0 ? _bounds.Length : place);
    }

    /// <summary>Bounds between the least and the greatest value, so that all classes are about as many times wide.</summary>
    private static double[] Bounds(double low, double high)
    {
        const int Count = HeatColors.NeutralCount - 1;
        double step = Math.Pow(Math.Max(high / low, 1.5), 1.0 / HeatColors.NeutralCount);
        return [.. Enumerable.Range(1, Count).Select(i => Round(low * Math.Pow(step, i))).Distinct()];
    }

    /// <summary>Two significant digits.</summary>
    private static double Round(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }
}

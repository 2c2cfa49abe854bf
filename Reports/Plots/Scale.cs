using System.Globalization;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>Maps values to places 0..1 along an axis, and says where its marks stand.</summary>
/// <param name="Place">Place of a value.</param>
/// <param name="Ticks">Values with a label.</param>
/// <param name="Minor">Values with a line only.</param>
public sealed record Scale(Func<double, double> Place, IReadOnlyList<(double Value, string Label)> Ticks, IReadOnlyList<double> Minor)
{
    /// <summary>Durations [ps] on a logarithmic axis from a power of ten to a power of ten.</summary>
    public static Scale LogDuration(double min, double max)
    {
        (int low, int high) = Decades(min, max);
        var ticks = Enumerable.Range(low, high - low + 1).Select(power => (Math.Pow(10, power), ValueText.Tick(Math.Pow(10, power)))).ToArray();
        double[] minor = [.. from power in Enumerable.Range(low, high - low) from digit in Enumerable.Range(2, 8) select digit * Math.Pow(10, power)];
        return new Scale(value => (Math.Log10(Math.Max(value, 1e-3)) - low) / (high - low), ticks, minor);
    }

    /// <summary>The powers of ten that enclose a range of durations [ps]; at least one decade.</summary>
    public static (int Low, int High) Decades(double min, double max)
    {
        int low = (int)Math.Floor(Math.Log10(Math.Max(min, 1)) + 1e-9);
        int high = (int)Math.Ceiling(Math.Log10(Math.Max(max, 1)) - 1e-9);
        return (low, Math.Max(high, low + 1));
    }

    /// <summary>Values from <paramref name="min"/> to a round value at or above <paramref name="max"/>, with round marks.</summary>
    /// <param name="min">Lower end, exact.</param>
    /// <param name="max">Above <paramref name="min"/>.</param>
    /// <param name="label">The text of a mark.</param>
    /// <param name="wanted">About how many marks.</param>
    /// <param name="grow">Whether the axis ends at a mark instead of at <paramref name="max"/>.</param>
    public static Scale Linear(double min, double max, Func<double, string> label, int wanted = 5, bool grow = true)
    {
        double step = Step((max - min) / wanted);
        double first = Math.Ceiling(min / step - 1e-9) * step;
        double end = grow ? Math.Ceiling(max / step - 1e-9) * step : max;
        int count = (int)Math.Floor((end - first) / step + 1e-9);
        var ticks = Enumerable.Range(0, count + 1).Select(i => first + i * step).Select(value => (value, label(value))).ToArray();
        return new Scale(value => (value - min) / (end - min), ticks, []);
    }

    /// <summary>Places at equal distance, in the given order.</summary>
    public static Scale Categories(IReadOnlyList<string> labels) =>
        new(index => (index + 0.5) / labels.Count, [.. labels.Select((label, i) => ((double)i, label))], []);

    /// <summary>Shares by how many nines they have: 0 at 0 %, 1 at 90 %, 2 at 99 %.</summary>
    /// <param name="nines">The last nine shown.</param>
    public static Scale Nines(double nines)
    {
        var ticks = new List<(double, string)> { (0, "0 %"), (0.5, "50 %") };
        for (int nine = 1; nine <= nines + 1e-9; nine++)
        {
            string label = nine == 1 ? "90 %" : nine == 2 ? "99 %" : "99." + new string('9', nine - 2) + " %";
            ticks.Add((1 - Math.Pow(10, -nine), label));
        }

        return new Scale(share => NinesOf(share) / nines, ticks, []);
    }

    /// <summary>-log10(1 - p).</summary>
    public static double NinesOf(double share) => share >= 1 ? 20 : -Math.Log10(1 - share);

    /// <summary>The last nine that at least ten of <paramref name="count"/> samples lie beyond; at least one.</summary>
    public static int LastNine(long count)
    {
        int nines = 0;
        for (long beyond = count / 10; beyond >= 10; beyond /= 10)
        {
            nines++;
        }

        return Math.Max(1, nines);
    }

    /// <summary>A percent label.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}

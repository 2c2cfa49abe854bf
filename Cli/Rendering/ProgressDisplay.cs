using System.Globalization;
using System.Text;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Rendering;

/// <summary>How far the runs are, on standard error, once they take more than two seconds.</summary>
internal sealed class ProgressDisplay(string name, Surroundings surroundings, bool quiet, Func<double>? clock = null) : IProgress<ExperimentProgress>, IDisposable
{
    private const int BarColumns = 24;

    private readonly ProgressLine _line = new(surroundings, quiet, clock);

    /// <inheritdoc/>
    public void Report(ExperimentProgress value) => _line.Show(now => Text(value, now));

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private string Text(ExperimentProgress value, double now)
    {
        double fraction = Math.Clamp(value.Fraction, 0, 1);
        var text = new StringBuilder(name).Append("  ");
        if (_line.Redraws)
        {
            int full = (int)Math.Round(fraction * BarColumns);
            text.Append('[').Append('█', full).Append('░', BarColumns - full).Append("]  ");
        }

        text.Append(CultureInfo.InvariantCulture, $"{100 * fraction:0} %  {value.RunsDone} of {value.RunsTotal} runs");
        text.Append("  ").Append(Rate(value.Events / now));
        if (fraction >= 0.02)
        {
            text.Append("  ").Append(Figures.Wall(Math.Ceiling(now * (1 - fraction) / fraction)).Replace(".00", "", StringComparison.Ordinal)).Append(" left");
        }

        return text.ToString();
    }

    private static string Rate(double perSecond) => perSecond >= 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.0} million events/s")
        : string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} events/s");
}

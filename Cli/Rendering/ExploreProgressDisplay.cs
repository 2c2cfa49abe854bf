using System.Globalization;
using System.Text;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>How far an exploration is: phase, states, frontier, rate and memory. How many states there will be nobody knows, so there is no bar.</summary>
internal sealed class ExploreProgressDisplay(string scenario, Surroundings surroundings, bool quiet, Func<double>? clock = null) : IProgress<ExploreProgress>, IDisposable
{
    private readonly ProgressLine _line = new(surroundings, quiet, clock);

    /// <inheritdoc/>
    public void Report(ExploreProgress value) => _line.Show(_ => Text(value));

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private string Text(ExploreProgress value)
    {
        ExplorationProgress at = value.Progress;
        var text = new StringBuilder(value.Variant.Length > 0 ? value.Variant : scenario);
        if (value.VariantsTotal > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" ({value.VariantsDone + 1} of {value.VariantsTotal})");
        }

        text.Append("  ").Append(at.Phase).Append("  ").Append(Figures.Count(at.States));
        if (at.Transitions == 0)
        {
            return text.Append(" runs").ToString();
        }

        text.Append(" states  frontier ").Append(Figures.Count(at.Frontier));
        if (at.Seconds > 0)
        {
            text.Append("  ").Append(Figures.Count((long)(at.States / at.Seconds))).Append(" states/s");
        }

        return text.Append("  ").Append(Figures.Measured(at.Bytes, "B")).ToString();
    }
}

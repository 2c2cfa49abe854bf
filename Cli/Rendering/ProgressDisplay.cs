using System.Diagnostics;
using System.Globalization;
using System.Text;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Rendering;

/// <summary>How far the runs are, on standard error, once they take more than two seconds.</summary>
/// <remarks>A terminal gets one line that redraws itself, anything else a plain line every few seconds.</remarks>
internal sealed class ProgressDisplay : IProgress<ExperimentProgress>, IDisposable
{
    private const double SecondsBeforeFirst = 2;
    private const double SecondsBetweenRedraws = 0.1;
    private const double SecondsBetweenLines = 5;
    private const int BarColumns = 24;

    private readonly string _name;
    private readonly TextWriter? _error;
    private readonly bool _redraws;
    private readonly int _columns;
    private readonly Func<double> _clock;
    private readonly Lock _lock = new();
    private double _next = SecondsBeforeFirst;
    private int _drawn;

    public ProgressDisplay(string name, Surroundings surroundings, bool quiet, Func<double>? clock = null)
    {
        _name = name;
        _error = quiet ? null : surroundings.Error;
        _redraws = surroundings.ErrorIsTerminal;
        _columns = surroundings.ErrorWidth - 1;
        long started = Stopwatch.GetTimestamp();
        _clock = clock ?? (() => Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <inheritdoc/>
    public void Report(ExperimentProgress value)
    {
        if (_error is null)
        {
            return;
        }

        lock (_lock)
        {
            double now = _clock();
            if (now < _next)
            {
                return;
            }

            _next = now + (_redraws ? SecondsBetweenRedraws : SecondsBetweenLines);
            string text = Text(value, now);
            if (_redraws)
            {
                Redraw(text.Length > _columns ? text[.._columns] : text);
            }
            else
            {
                _error.WriteLine(text);
            }
        }
    }

    /// <summary>Clears the line, so that results stand alone.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_drawn > 0)
            {
                Redraw("");
                _error?.Write('\r');
                _error?.Flush();
            }

            _drawn = 0;
            _next = double.PositiveInfinity;
        }
    }

    private string Text(ExperimentProgress value, double now)
    {
        double fraction = Math.Clamp(value.Fraction, 0, 1);
        var text = new StringBuilder(_name).Append("  ");
        if (_redraws)
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

    private void Redraw(string text)
    {
        int blanks = Math.Max(0, _drawn - text.Length);
        _error!.Write('\r' + text + new string(' ', blanks));
        _error.Flush();
        _drawn = text.Length;
    }
}

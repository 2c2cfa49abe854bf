using System.Diagnostics;

namespace CryptoSim.Cli.Rendering;

/// <summary>A line about work that takes more than two seconds, on standard error.</summary>
/// <remarks>A terminal gets one line that redraws itself, anything else a plain line every few seconds.</remarks>
internal sealed class ProgressLine : IDisposable
{
    private const double SecondsBeforeFirst = 2;
    private const double SecondsBetweenRedraws = 0.1;
    private const double SecondsBetweenLines = 5;

    private readonly TextWriter? _error;
    private readonly int _columns;
    private readonly Func<double> _clock;
    private readonly Lock _lock = new();
    private double _next = SecondsBeforeFirst;
    private int _drawn;

    public ProgressLine(Surroundings surroundings, bool quiet, Func<double>? clock)
    {
        _error = quiet ? null : surroundings.Error;
        Redraws = surroundings.ErrorIsTerminal;
        _columns = surroundings.ErrorWidth - 1;
        long started = Stopwatch.GetTimestamp();
        _clock = clock ?? (() => Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Whether the line redraws itself.</summary>
    public bool Redraws { get; }

    /// <summary>Shows what <paramref name="text"/> says at an instant [s], when it is time again.</summary>
    public void Show(Func<double, string> text)
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

            _next = now + (Redraws ? SecondsBetweenRedraws : SecondsBetweenLines);
            Write(text(now));
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

    private void Write(string text)
    {
        if (Redraws)
        {
            Redraw(text.Length > _columns ? text[.._columns] : text);
        }
        else
        {
            _error!.WriteLine(text);
        }
    }

    private void Redraw(string text)
    {
        int blanks = Math.Max(0, _drawn - text.Length);
        _error!.Write('\r' + text + new string(' ', blanks));
        _error.Flush();
        _drawn = text.Length;
    }
}

namespace CryptoSim.Scenarios.Running;

/// <summary>Adds up the progress of all threads. A running run counts by its virtual time against the mean end of the finished runs, or the watchdog before any has finished.</summary>
internal sealed class ProgressMeter(IProgress<ExperimentProgress>? progress, IReadOnlyList<RunPlan> plans)
{
    private readonly Lock _lock = new();
    private readonly double[] _at = new double[plans.Count];
    private readonly long[] _events = new long[plans.Count];
    private double _endsTotal;
    private double _eventsTotal;
    private int _done;

    public void Advance(int run, long picoseconds, long events)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _at[run] = picoseconds;
            _eventsTotal += events - _events[run];
            _events[run] = events;
            Report();
        }
    }

    public void Finish(int run, long picoseconds)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _at[run] = 0;
            _endsTotal += picoseconds;
            _done++;
            Report();
        }
    }

    private void Report()
    {
        double running = 0;
        for (int i = 0; i < _at.Length; i++)
        {
            double expected = _done > 0 ? Math.Max(_endsTotal / _done, 1) : plans[i].Resolved.Header.TimeLimit.Picoseconds;
            running += Math.Min(_at[i] / expected, 0.99);
        }

        progress!.Report(new ExperimentProgress(_done, plans.Count, Math.Min(1, (_done + running) / plans.Count), (long)_eventsTotal));
    }
}

namespace CryptoSim.Simulator;

/// <content>What goes round when the clock stands still.</content>
public sealed partial class Simulation
{
    private const int LivelockSample = 2048;

    private void EndAsLivelock()
    {
        long count = _events - _instantStart;
        var names = SampleSteps();
        var cycle = Period(names);
        string message = $"{count} events at one instant: {string.Join(" -> ", cycle.Take(8))}{(cycle.Count > 8 ? " ..." : "")} go round";
        _outcome = new Outcome(End.Livelock, Now, null, message, BlockedGraph.Analyze(this), cycle);
    }

    /// <summary>Steps on for a while and writes down who runs.</summary>
    private List<string> SampleSteps()
    {
        var names = new List<string>();
        var recorder = new SlotRecorder(this, names);
        long instant = _now;
        long end = _events + LivelockSample;
        _perInstant = long.MaxValue;   // the run is over: the limit must not stop the sample
        while (_events < end && _now == instant && _failure is null && _laneHead != _laneTail)
        {
            _hardStop = _stopAt = _events + 1;
            StepAll<SlotRecorder, Hashed>(ref recorder);
        }

        return names;
    }

    /// <summary>The shortest run of names that the sample repeats to its end; all different names when it repeats nothing.</summary>
    private static List<string> Period(List<string> names)
    {
        for (int period = 1; period <= names.Count / 2; period++)
        {
            bool repeats = true;
            for (int i = names.Count - period; i < names.Count && repeats; i++)
            {
                repeats = names[i] == names[i - period];
            }

            if (repeats)
            {
                return names.GetRange(names.Count - period, period);
            }
        }

        return names.Distinct(StringComparer.Ordinal).ToList();
    }

    private readonly struct SlotRecorder(Simulation simulation, List<string> names) : ITrace
    {
        public void OnEvent(long picoseconds, int slot) => names.Add(ProcessNames.Of(simulation._frames[slot].Frame));
    }
}

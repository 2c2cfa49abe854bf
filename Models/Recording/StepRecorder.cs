using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Recording;

/// <summary>A value that changes in steps over virtual time, kept for a plot.</summary>
internal sealed class StepRecorder(string name, string unit, long? capacity, int keep)
{
    [NotState]
    private readonly List<long> _times = [0];    // [ps]
    [NotState]
    private readonly List<long> _values = [0];
    [NotState]
    private long _omitted;

    /// <summary>The value changes now.</summary>
    public void Set(VirtualTime now, long value)
    {
        if (_values[^1] == value)
        {
            return;
        }

        if (_times.Count >= keep)
        {
            _omitted++;
            return;
        }

        _times.Add(now.Picoseconds);
        _values.Add(value);
    }

    public StepSeries ToSeries() =>
        new() { Name = name, Unit = unit, Capacity = capacity, TimesPicoseconds = _times, Values = _values, ChangesOmitted = _omitted };
}

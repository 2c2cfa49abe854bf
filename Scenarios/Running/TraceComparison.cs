using System.Globalization;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>Compares trace events with a record as they happen, until the first that differs.</summary>
internal sealed class TraceComparison(RunRecord record)
{
    private long _number;

    /// <summary>The first difference; null so far.</summary>
    public Divergence? Divergence { get; private set; }

    /// <summary>Events that were compared; those the record did not keep are not among them.</summary>
    public long Compared { get; private set; }

    /// <summary>The record has a trace to compare with.</summary>
    public bool IsRecorded => record.Trace.Count > 0;

    private long Total => record.Trace.Count + record.TraceOmitted + record.TraceTail.Count;

    public void OnTrace(TraceEvent got)
    {
        _number++;
        if (Divergence is not null)
        {
            return;
        }

        if (_number > Total)
        {
            Divergence = new Divergence("trace event", _number, "", Describe(got));
        }
        else if (Recorded(_number) is { } expected)
        {
            Compared++;
            Divergence = expected == got ? null : new Divergence("trace event", _number, Describe(expected), Describe(got));
        }
    }

    /// <summary>The event that the record has and the second run, now ended, has not; null if there is none.</summary>
    public Divergence? AtEnd() => IsRecorded && _number < Total
        ? new Divergence("trace event", _number + 1, Recorded(_number + 1) is { } missing ? Describe(missing) : "an event that was not kept", "")
        : null;

    private TraceEvent? Recorded(long number)
    {
        if (number <= record.Trace.Count)
        {
            return record.Trace[(int)number - 1];
        }

        long inTail = number - record.Trace.Count - record.TraceOmitted;
        return inTail > 0 ? record.TraceTail[(int)inTail - 1] : null;
    }

    private static string Describe(TraceEvent e)
    {
        string time = new Duration(e.AtPicoseconds).ToExactString();
        string[] words = [time, e.Process, "[" + e.Context + "]", e.Function, e.Target, e.Subject, e.Result, e.Detail];
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', words.Where(w => w.Length > 0))}");
    }
}

using System.Globalization;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Recording;

/// <summary>The instants of one request that is kept for a drawing. Nothing is decided by them.</summary>
internal sealed class RequestTrack(string owner, long number, VirtualTime begunAt)
{
    [NotState]
    private readonly List<PhaseStart> _phases = [new((int)TimelinePhase.Socket, begunAt.Picoseconds)];   // may hold some of no length
    [NotState]
    private long? _latched;       // [ps]
    [NotState]
    private long? _written;       // [ps]
    [NotState]
    private long? _ended;         // [ps]
    [NotState]
    private long _ivFrom;
    [NotState]
    private bool _isStale;
    [NotState]
    private int? _engine;

    /// <summary>Who submitted it.</summary>
    public string Owner { get; } = owner;

    private static long Now => Simulation.Current.NowPicoseconds;

    /// <summary>It enters a phase. One that it has left behind it does not enter again: a ring that is split into parts, for one.</summary>
    public void Enter(TimelinePhase phase)
    {
        if (_ended is null && (int)phase > _phases[^1].Phase)
        {
            _phases.Add(new PhaseStart((int)phase, Now));
        }
    }

    /// <summary>The running process begins to work on it: an engine, by the number that its name ends with.</summary>
    public void BeginService()
    {
        Enter(TimelinePhase.Process);
        Process process = Simulation.Current.CurrentProcess;
        string name = process.Exists ? process.Name : "";
        string digits = name[name.AsSpan().TrimEnd("0123456789").Length..];
        _engine = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    /// <summary>Its IV has been read.</summary>
    /// <param name="from">1-based number of the request that had left it, 0 for the user's.</param>
    public void Latched(long from) => (_latched, _ivFrom) = (Now, from);

    /// <summary>The IV that it leaves has been written back.</summary>
    public void WrittenBack() => _written = Now;

    /// <summary>The IV that it has read is not the one that the chain has.</summary>
    public void MarkStale() => _isStale = true;

    /// <summary>It is called back.</summary>
    public void End() => _ended ??= Now;

    /// <summary>It ends without a callback.</summary>
    /// <param name="wasDone">By the CPU that submitted it: all since the submission was that.</param>
    public void EndAtOnce(bool wasDone)
    {
        int submitted = _phases.FindIndex(phase => phase.Phase == (int)TimelinePhase.BuildMap);
        if (wasDone && submitted >= 0)
        {
            long at = _phases[submitted].AtPicoseconds;
            _phases.RemoveRange(submitted, _phases.Count - submitted);
            _phases.Add(new PhaseStart((int)TimelinePhase.Process, at));
        }

        End();
    }

    /// <summary>The sample for the run record.</summary>
    public RequestSample ToSample() => new()
    {
        Owner = Owner,
        Number = number,
        Phases = [.. _phases.Where((phase, i) => i == 0 || LastsAt(i))],
        EndedPicoseconds = _ended,
        LatchedPicoseconds = _latched,
        WrittenPicoseconds = _written,
        IvFrom = _ivFrom,
        IsStale = _isStale,
        Engine = _engine,
    };

    /// <summary>A phase of no length is none; the one that an unfinished request is in is.</summary>
    private bool LastsAt(int index)
    {
        long? until = index + 1 < _phases.Count ? _phases[index + 1].AtPicoseconds : _ended;
        return until is null || until > _phases[index].AtPicoseconds;
    }
}

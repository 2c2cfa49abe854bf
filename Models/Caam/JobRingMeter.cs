using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>What is measured about a job ring; decides nothing.</summary>
public sealed class JobRingMeter
{
    [NotState]
    private readonly TimeWeighted _ring;
    [NotState]
    private readonly TimeWeighted _backlog;
    [NotState]
    private readonly TimeWeighted _busy;
    private readonly int _engines;
    [NotState]
    private int _enginesBusy;

    internal JobRingMeter(Simulation simulation, int engines)
    {
        _engines = engines;
        _ring = new TimeWeighted(simulation);
        _backlog = new TimeWeighted(simulation);
        _busy = new TimeWeighted(simulation);
    }

    /// <summary>Entries in use over time.</summary>
    public TimeWeighted Ring => _ring;

    /// <summary>Backlogged requests over time.</summary>
    public TimeWeighted Backlog => _backlog;

    /// <summary>Share of the engines' time spent on jobs, 0 to 1.</summary>
    public double Utilization => _busy.Mean / _engines;

    /// <summary>Jobs retired.</summary>
    [field: NotState]
    public long Jobs { get; private set; }

    /// <summary>[B] Data of the retired jobs.</summary>
    [field: NotState]
    public long Bytes { get; private set; }

    /// <summary>Jobs whose output-ring entry was written.</summary>
    [field: NotState]
    public long Done { get; private set; }

    /// <summary>Interrupts taken.</summary>
    [field: NotState]
    public long Interrupts { get; private set; }

    /// <summary>Requests answered EBUSY.</summary>
    [field: NotState]
    public long Busy { get; private set; }

    /// <summary>Requests answered EBUSY that nobody kept, since the start of the run.</summary>
    [field: NotState]
    public long Dropped { get; private set; }

    /// <summary>Requests answered ENOSPC.</summary>
    [field: NotState]
    public long NoSpace { get; private set; }

    /// <summary>Sleeps of callers that found the ring full.</summary>
    [field: NotState]
    public long Sleeps { get; private set; }

    /// <summary>Forgets what was measured before, at the end of the warm-up.</summary>
    internal void Restart()
    {
        _ring.Restart();
        _backlog.Restart();
        _busy.Restart();
        (Jobs, Bytes, Done, Interrupts, Busy, NoSpace, Sleeps) = (0, 0, 0, 0, 0, 0, 0);
    }

    internal void Drop() => Dropped++;

    internal void Sleep() => Sleeps++;

    internal void Answered(SubmitStatus status)
    {
        Busy += status == SubmitStatus.Busy ? 1 : 0;
        NoSpace += status == SubmitStatus.NoSpace ? 1 : 0;
    }

    internal void RingFill(int used) => _ring.Set(used);

    internal void BacklogLength(int length) => _backlog.Set(length);

    internal void EngineBusy(int change) => _busy.Set(_enginesBusy += change);

    internal void JobDone() => Done++;

    internal void Interrupt() => Interrupts++;

    internal void Retired(int used, DataSize length)
    {
        Jobs++;
        Bytes += length.Bytes;
        _ring.Set(used);
    }
}

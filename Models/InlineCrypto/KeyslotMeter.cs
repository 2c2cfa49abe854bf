using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>What is measured about the keyslots of a host.</summary>
[KernelSource("block/blk-crypto-profile.c", "struct blk_crypto_profile", Version = "v6.18")]
public sealed class KeyslotMeter
{
    private readonly LinuxKernel _kernel;
    private readonly string _name;
    [NotState]
    private readonly TimeWeighted _inUse;     // slots with references
    [NotState]
    private readonly LatencyHistogram _waits = new();   // of claims that slept, from their first look until they had a slot
    [NotState]
    private readonly LatencyHistogram _hitLockWaits = new();   // of hits that did not sleep, from their first look until they had the profile's lock
    [NotState]
    private readonly LatencyHistogram _holds = new();   // from taking a slot until it was put
    [NotState]
    private long _hits;
    [NotState]
    private long _misses;
    [NotState]
    private long _programs;
    [NotState]
    private long _programErrors;
    [NotState]
    private long _sleeps;
    [NotState]
    private long _wakeUps;   // of sleepers
    [NotState]
    private long _reprograms;
    [NotState]
    private long _evicts;
    [NotState]
    private long _evictErrors;
    [NotState]
    private readonly TimeWeighted _parked;    // requests put aside, under park
    [NotState]
    private readonly LatencyHistogram _stalls = new();   // under requeue, from a slot that became idle until the delay ran the queue
    [NotState]
    private long _overdue;                    // requests that reached the age limit

    internal KeyslotMeter(LinuxKernel kernel, string name, int slots)
    {
        (_kernel, _name, Slots) = (kernel, name, slots);
        _inUse = new TimeWeighted(kernel.Simulation);
        _parked = new TimeWeighted(kernel.Simulation);
        kernel.Tracer?.AddKeyslots(name, slots);
    }

    /// <summary>num_slots.</summary>
    [field: NotState]
    public int Slots { get; }

    /// <summary>Keys programmed.</summary>
    public long Programs => _programs;

    /// <summary>Wake-ups of tasks that slept for a slot.</summary>
    public long WakeUps => _wakeUps;

    /// <summary>Bios or requests that took a slot.</summary>
    public long Claims => _hits + _misses;

    /// <summary>Hardware queues that only the delay has run although a slot had become idle, under requeue.</summary>
    public long Stalls => _stalls.Count;

    /// <summary>Requests that reached the age limit, under park.</summary>
    public long Overdue => _overdue;

    internal void OnInUse(int slots)
    {
        _inUse.Set(slots);
        _kernel.Tracer?.KeyslotsInUse(_name, slots);
    }

    internal void OnProgram(bool succeeded)
    {
        _programs++;
        _programErrors += succeeded ? 0 : 1;
    }

    /// <summary>A key was programmed again after a reset.</summary>
    internal void OnReprogram(bool succeeded)
    {
        _reprograms++;
        _programErrors += succeeded ? 0 : 1;
    }

    internal void OnEvict(bool succeeded)
    {
        _evicts++;
        _evictErrors += succeeded ? 0 : 1;
    }

    internal void OnSleep() => _sleeps++;

    internal void OnWake(int sleepers) => _wakeUps += sleepers;

    internal void OnTaken(bool isHit, bool waited, Duration wait)
    {
        _hits += isHit ? 1 : 0;
        _misses += isHit ? 0 : 1;
        if (waited)
        {
            _waits.Record(wait);
        }
        else if (isHit)
        {
            _hitLockWaits.Record(wait);
        }
    }

    internal void OnParked(int requests) => _parked.Set(requests);

    internal void OnOverdue() => _overdue++;

    internal void OnStall(Duration idle) => _stalls.Record(idle);

    internal void OnPut(Duration held) => _holds.Record(held);

    internal void Restart()
    {
        _inUse.Restart();
        (_hits, _misses, _programs, _programErrors, _sleeps) = (0, 0, 0, 0, 0);
        (_wakeUps, _reprograms, _evicts, _evictErrors) = (0, 0, 0, 0);
        _parked.Restart();
        _stalls.Reset();
        _overdue = 0;
        _waits.Reset();
        _hitLockWaits.Reset();
        _holds.Reset();
    }

    internal void AddMetrics(MetricList metrics, Duration measured)
    {
        long claims = _hits + _misses;
        metrics.Add(_name + ".keyslot.in_use.mean", _inUse.Mean);
        metrics.Add(_name + ".keyslot.in_use.max", _inUse.Max);
        metrics.Add(_name + ".keyslot.hits", _hits);
        metrics.Add(_name + ".keyslot.misses", _misses);
        metrics.Add(_name + ".keyslot.programs", _programs);
        metrics.Add(_name + ".keyslot.program_errors", _programErrors);
        metrics.Add(_name + ".keyslot.programs_per_second", measured.Picoseconds == 0 ? 0 : _programs / (measured.Picoseconds / 1e12), "/s");
        metrics.Add(_name + ".keyslot.sleeps", _sleeps);
        metrics.Add(_name + ".keyslot.wakeups", _wakeUps);
        metrics.Add(_name + ".keyslot.wakeups_per_grant", _waits.Count == 0 ? 0.0 : (double)_wakeUps / _waits.Count);
        metrics.Add(_name + ".keyslot.reprograms", _reprograms);
        metrics.Add(_name + ".keyslot.evicts", _evicts);
        metrics.Add(_name + ".keyslot.evict_errors", _evictErrors);
        metrics.Add(_name + ".keyslot.waited.share", claims == 0 ? 0.0 : (double)_waits.Count / claims);
        metrics.Add(_name + ".keyslot.stalls", _stalls.Count);
        metrics.Add(_name + ".keyslot.parked.mean", _parked.Mean);
        metrics.Add(_name + ".keyslot.parked.max", _parked.Max);
        metrics.Add(_name + ".keyslot.overdue", _overdue);
        metrics.AddTimes(_name + ".keyslot.waited", _waits);
        metrics.AddTimes(_name + ".keyslot.hit_lock_wait", _hitLockWaits);
        metrics.AddTimes(_name + ".keyslot.held", _holds);
    }
}

using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>One clone of a fio job: keeps iodepth bios in flight, at the asked rate, until its size, number or runtime is reached.</summary>
/// <remarks>
/// <code>
///   pace (rate_iops) ──► below iodepth? ──► submit_bio ──► ... ──► bio_endio ──► io_getevents
/// </code>
/// Time passes in waiting. Not modelled: the CPU time of the system calls and of fio itself.
/// </remarks>
[KernelSource("fs/aio.c", "io_submit, io_getevents", Version = "v4.1")]
public sealed class Job : IBioOwner, IHolder
{
    private const int PlugThreshold = 2;   // AIO_PLUG_THRESHOLD, recalled: more than so many in one io_submit() are plugged

    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly JobOptions _options;
    private readonly IoPattern _pattern;
    private readonly RandomStream _arrivals;             // draws one gap for each Poisson arrival
    private readonly IoEvents _events;
    private readonly FreeList<Bio> _free = new();        // bios not in flight
    [NotState]
    private readonly List<Bio> _inFlight = [];           // in no particular order; for diagnosis
    private int _inFlightCount;                          // never above iodepth
    private readonly int _cpu;                           // CPU it submits from
    private long _issued;                                // I/O submitted
    private long _issuedBytes;                           // [B]
    private readonly List<Bio> _writing = [];            // writes in flight that are verified
    private readonly JobKeys? _keys;                     // null if its I/O is not encrypted by the device
    private readonly Plug? _plug;                        // null if it hands down each I/O by itself
    private readonly Verification? _verification;        // null unless the job verifies
    private bool _drains;                                // iodepth was reached, iodepth_low not yet
    private bool _isDue;                                 // the next I/O's arrival was waited for
    [NotState]
    private VirtualTime _nextArrival;                    // under rate_iops

    internal Job(LinuxKernel kernel, JobGroup group, int clone, IBlockDevice device, JobOptions options, RandomSource random, FileKeys? keys)
    {
        (_kernel, Group, _device, _options) = (kernel, group, device, options);
        string name = $"{group.Name}/{clone}";
        _cpu = clone % kernel.Cpus.Count;
        _pattern = new IoPattern(options, random, name);
        _arrivals = random.Stream(name + ".arrival");
        _keys = keys is null ? null : new JobKeys(keys, options.DataUnitSize, _pattern.FileBytes);
        _plug = options.IodepthBatch > PlugThreshold && options.SubmitsIn != SubmitsIn.IoWq ? new Plug() : null;
        _verification = options.Verify ? new Verification() : null;
        _events = new IoEvents(kernel, options.Wakeup, _cpu) { Owner = this };
        kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "kioctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>All clones of the job.</summary>
    public JobGroup Group { get; }

    private bool HasMore =>
        (_options.NumberIos is not { } ios || _issued < ios)
        && (_options.Size is not { } size || (_options.Runtime is not null && _options.NumberIos is null) || _issuedBytes < size.Bytes)
        && (_options.Runtime is not { } runtime || _kernel.Simulation.Now < VirtualTime.Zero + runtime);

    // ── the process ─────────────────────────────────────────────────────

    private async Process RunAsync()
    {
        _kernel.Enter(CpuContext.Process);
        while (HasMore)
        {
            if (MustPace())
            {
                _isDue = true;
                await _kernel.Simulation.Delay(UntilNextArrival());
                continue;
            }

            if (MustDrain())
            {
                await _events.WaitAsync();
                continue;
            }

            await SubmitBatchAsync();
        }

        await WaitForAllAsync();
        while (_verification?.TryNext(out SectorRun run) == true)
        {
            await ReadBackAsync(run);
        }

        Group.OnCloneFinished();
    }

    private async Operation WaitForAllAsync()
    {
        while (_inFlightCount > 0)
        {
            await _events.WaitAsync();
        }
    }

    /// <summary>Reads a piece of what was written and waits for it.</summary>
    private async Operation ReadBackAsync(SectorRun run)
    {
        Bio bio = TakeBio();
        bio.Begin(run.First, new DataSize((run.End - run.First) * 512), isWrite: false, _cpu, _kernel.Simulation.Now);
        bio.Crypt = _keys?.ContextOf(bio);
        Remember(bio);
        Group.OnSubmit(bio);
        await _device.SubmitAsync(bio);
        await WaitForAllAsync();
    }

    /// <summary>A full queue drains to iodepth_low before it is filled again.</summary>
    private bool MustDrain()
    {
        _drains = _inFlightCount >= _options.Iodepth || (_drains && _inFlightCount > (_options.IodepthLow ?? _options.Iodepth));
        return _drains;
    }

    /// <summary>io_submit(): as many as the job may, in one plug if they are many.</summary>
    private Operation SubmitBatchAsync()
    {
        int many = Math.Min(_options.IodepthBatch, _options.Iodepth - _inFlightCount);
        return many <= 1 ? SubmitNextAsync(null) : SubmitManyAsync(many, many > PlugThreshold ? _plug : null);
    }

    private async Operation SubmitManyAsync(int left, Plug? plug)
    {
        while (left-- > 0 && HasMore && !MustPace() && _inFlightCount < _options.Iodepth)
        {
            await SubmitNextAsync(plug);
        }

        await (plug?.FlushAsync() ?? Operation.Completed);
    }

    private Operation SubmitNextAsync(Plug? plug)
    {
        Bio bio = TakeBio();
        (long sector, DataSize size, bool isWrite) = _pattern.Next();
        bio.Begin(sector, size, isWrite, _cpu, _kernel.Simulation.Now);
        (bio.Crypt, bio.Plug) = (_keys?.ContextOf(bio), plug);
        _issued++;
        _isDue = false;
        _issuedBytes += size.Bytes;
        Remember(bio);
        Group.OnSubmit(bio);
        AdvanceArrival();
        bio.IsModifiedWhileRead = _options.ModifiesBufferOfEvery is { } every && !isWrite && _issued % every == 0;
        return _verification is not null && isWrite ? WriteAloneAsync(bio) : _device.SubmitAsync(bio);
    }

    /// <summary>A write that is verified waits for those in flight on the same sectors, as with fio's serialize_overlap: which of them came last would be open.</summary>
    private async Operation WriteAloneAsync(Bio bio)
    {
        while (OverlapsInFlight(bio))
        {
            await _events.WaitAsync();
        }

        _writing.Add(bio);
        _verification!.OnWrite(bio);
        await _device.SubmitAsync(bio);
    }

    private void OnVerifiedEnd(Bio bio)
    {
        if (bio.IsWrite)
        {
            _writing.Remove(bio);
        }
        else if (bio.Error == Errno.Success)
        {
            _verification!.Check(_kernel.Simulation, bio);
        }
    }

    private bool OverlapsInFlight(Bio bio)
    {
        foreach (Bio other in _writing)
        {
            if (other.Sector < bio.Sector + (bio.Size.Bytes / 512) && bio.Sector < other.Sector + (other.Size.Bytes / 512))
            {
                return true;
            }
        }

        return false;
    }

    private Bio TakeBio() => _free.TryTake(out Bio? reused) ? reused : new Bio(this);

    private void Remember(Bio bio)
    {
        if (++_inFlightCount <= _inFlight.Count)
        {
            _inFlight.Clear();   // left there by a state that was explored before
        }

        _inFlight.Add(bio);
    }

    /// <summary>The first I/O is due at once; each later one is waited for once.</summary>
    private bool MustPace() =>
        _options.RateIops is not null && _issued > 0 && !_isDue && UntilNextArrival() > Duration.Zero;

    private Duration UntilNextArrival() => _nextArrival - _kernel.Simulation.Now;

    private void AdvanceArrival()
    {
        if (_options.RateIops is { } rate)
        {
            Duration mean = new(1_000_000_000_000 / rate);
            _nextArrival += _options.RateProcess == RateProcess.Poisson ? _arrivals.Exponential(mean) : mean;
        }
    }

    /// <summary>The direct I/O's end of a bio.</summary>
    public string EndIo => "dio_bio_end_aio";

    // ── from the device ─────────────────────────────────────────────────

    /// <inheritdoc/>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        _inFlightCount--;
        _inFlight.Remove(bio);
        if (_verification is not null)
        {
            OnVerifiedEnd(bio);
        }

        _keys?.Put(bio);
        _free.Put(bio);
        Group.OnEnd(bio);
        _events.Signal();
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <summary>Any bio in flight may be the next to end.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (Bio bio in _inFlight)
        {
            owners.Add(bio);
        }
    }
}

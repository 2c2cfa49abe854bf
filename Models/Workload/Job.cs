using CryptoSim.Models.Block;
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
    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly JobOptions _options;
    private readonly IoPattern _pattern;
    private readonly RandomStream _arrivals;             // draws one gap for each Poisson arrival
    private readonly IoEvents _events;
    private readonly Stack<Bio> _free = new();           // bios not in flight
    private readonly List<Bio> _inFlight = [];           // in no particular order
    private readonly int _cpu;                           // CPU it submits from
    private long _issued;                                // I/O submitted
    private long _issuedBytes;                           // [B]
    [NotState]
    private VirtualTime _nextArrival;                    // under rate_iops

    internal Job(LinuxKernel kernel, JobGroup group, int clone, IBlockDevice device, JobOptions options, RandomSource random)
    {
        (_kernel, Group, _device, _options) = (kernel, group, device, options);
        string name = $"{group.Name}/{clone}";
        _cpu = clone % kernel.Cpus.Count;
        _pattern = new IoPattern(options, random, name);
        _arrivals = random.Stream(name + ".arrival");
        _events = new IoEvents(kernel.Simulation) { Owner = this };
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
            Duration pause = UntilNextArrival();
            if (pause > Duration.Zero)
            {
                await _kernel.Simulation.Delay(pause);
                continue;
            }

            if (_inFlight.Count >= _options.Iodepth)
            {
                await _events.WaitAsync();
                continue;
            }

            await SubmitNextAsync();
        }

        while (_inFlight.Count > 0)
        {
            await _events.WaitAsync();
        }

        Group.OnCloneFinished();
    }

    private Operation SubmitNextAsync()
    {
        Bio bio = _free.TryPop(out Bio? reused) ? reused : new Bio(this);
        (long sector, DataSize size, bool isWrite) = _pattern.Next();
        bio.Begin(sector, size, isWrite, _cpu, _kernel.Simulation.Now);
        _issued++;
        _issuedBytes += size.Bytes;
        _inFlight.Add(bio);
        Group.OnSubmit(bio);
        AdvanceArrival();
        return _device.SubmitAsync(bio);
    }

    private Duration UntilNextArrival() =>
        _options.RateIops is null ? Duration.Zero : _nextArrival - _kernel.Simulation.Now;

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
        _inFlight.Remove(bio);
        _free.Push(bio);
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

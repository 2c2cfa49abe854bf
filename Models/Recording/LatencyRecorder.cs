using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Recording;

/// <summary>The latencies of one workload after the warm-up: a histogram of all, and the first ones themselves.</summary>
public sealed class LatencyRecorder
{
    [NotState]
    private readonly LatencyHistogram _histogram = new();
    [NotState]
    private readonly StageHistogram _stages = new();
    [NotState]
    private readonly List<BioSample> _kept = [];
    private readonly VirtualTime _warmup;   // bios submitted earlier are not measured
    private readonly VirtualTime _until;    // bios that end later do not count for the throughput
    private readonly int _keep;             // samples kept at most
    [NotState]
    private VirtualTime _lastEnd;           // end of the last measured bio
    [NotState]
    private VirtualTime? _finished;         // when the workload ended

    /// <summary>An empty recorder.</summary>
    /// <param name="name">The workload.</param>
    /// <param name="warmup">Bios submitted before are not measured.</param>
    /// <param name="runtime">When the workload stops submitting; null if it ends by size or number.</param>
    /// <param name="keep">Samples kept at most.</param>
    public LatencyRecorder(string name, Duration warmup, Duration? runtime, int keep)
    {
        _until = runtime is { } end ? VirtualTime.Zero + end : VirtualTime.MaxValue;
        Name = name;
        _warmup = VirtualTime.Zero + warmup;
        _keep = keep;
    }

    /// <summary>The workload.</summary>
    public string Name { get; }

    /// <summary>Measured latencies.</summary>
    public LatencyHistogram Histogram => _histogram;

    /// <summary>Bios that ended within <see cref="MeasuredTime"/>, whenever they were submitted.</summary>
    [field: NotState]
    public long Ended { get; private set; }

    /// <summary>[B] Data of those bios.</summary>
    [field: NotState]
    public long EndedBytes { get; private set; }

    /// <summary>Whether every measured bio was split by stage.</summary>
    public bool HasStages => _stages.Count > 0 && _stages.Count == _histogram.Count;

    /// <summary>A bio ended.</summary>
    /// <param name="submitted">When the workload submitted it.</param>
    /// <param name="ended">Now.</param>
    /// <param name="size">Its data.</param>
    /// <param name="isWrite">True for a write, false for a read.</param>
    /// <param name="stages">Its time in each stage, the last of which has ended.</param>
    public void Record(VirtualTime submitted, VirtualTime ended, DataSize size, bool isWrite, in StageClock stages)
    {
        if (ended >= _warmup && ended <= _until)
        {
            Ended++;
            EndedBytes += size.Bytes;
            _lastEnd = ended;
        }

        if (submitted < _warmup || submitted > ended)   // an instant that another explored state left behind is no submission
        {
            return;
        }

        Duration latency = ended - submitted;
        _histogram.Record(latency);
        _stages.Record(latency, in stages);
        if (_kept.Count < _keep)
        {
            _kept.Add(new BioSample(submitted.Picoseconds, latency.Picoseconds, checked((int)size.Bytes), isWrite));
        }
    }

    /// <summary>The workload has ended.</summary>
    public void Finish(VirtualTime now) => _finished = now;

    /// <summary>From the end of the warm-up until the workload stopped submitting by runtime or ended, or until its last bio ended if it hangs.</summary>
    public Duration MeasuredTime
    {
        get
        {
            VirtualTime end = _finished is null ? _lastEnd : _finished < _until ? _finished.Value : _until;
            return end > _warmup ? end - _warmup : Duration.Zero;
        }
    }

    /// <summary>The series for the run record.</summary>
    public LatencySeries ToSeries()
    {
        List<LatencyBin> bins = [];
        foreach ((Duration from, Duration to, long count) in _histogram.Buckets())
        {
            bins.Add(new LatencyBin(from.Picoseconds, to.Picoseconds, count));
        }

        return new LatencySeries { Name = Name, Bins = bins, Bios = _kept, BiosOmitted = _histogram.Count - _kept.Count, Stages = HasStages ? ToTable(bins) : null };
    }

    /// <summary>[ps] Time of all measured bios in a stage.</summary>
    public Int128 TotalOf(BioStage stage)
    {
        Int128 total = 0;
        foreach ((Duration from, _, _) in _histogram.Buckets())
        {
            total += _stages.At(from)[(int)stage];
        }

        return total;
    }

    private StageTable ToTable(List<LatencyBin> bins)
    {
        List<long> sums = [];
        foreach (LatencyBin bin in bins)
        {
            sums.AddRange(_stages.At(new Duration(bin.LowPicoseconds)));
        }

        return new StageTable { Names = [.. Enum.GetValues<BioStage>().Select(stage => stage.Word())], SumsPicoseconds = sums };
    }
}

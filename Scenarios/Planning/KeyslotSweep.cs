using System.Diagnostics;
using CryptoSim.Models;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Planning;

/// <summary>Runs a keyslot plan: every point, and for each design and mix the same traffic where no keyslots are needed.</summary>
public sealed class KeyslotSweep
{
    private const long ChunkEvents = 65_536;

    private readonly KeyslotPlan _plan;
    private readonly KeyslotScene _scene;
    private readonly MachineFactory _factory;
    private readonly KeyslotPoint[] _points;        // by design, mix, keys, slots
    private readonly KeyslotPoint[] _distinct;      // what is run
    private readonly Dictionary<KeyslotPoint, int> _places = [];   // of each point that is run, in _distinct

    /// <summary>Prepares a sweep.</summary>
    public KeyslotSweep(KeyslotPlan plan, KeyslotScene scene)
        : this(plan, scene, RealMachine.Build)
    {
    }

    internal KeyslotSweep(KeyslotPlan plan, KeyslotScene scene, MachineFactory factory)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scene);
        (_plan, _scene, _factory) = (plan, scene, factory);
        _points = [.. PointsOf(plan)];
        _distinct = [.. _points.Select(point => point.Baseline).Concat(_points.Select(scene.Effective)).Distinct()];
        for (int i = 0; i < _distinct.Length; i++)
        {
            _places.Add(_distinct[i], i);
        }
    }

    /// <summary>Runs that it takes.</summary>
    public int Runs => _distinct.Length * _plan.Replications;

    /// <summary>Runs all of it on so many threads; what comes out does not depend on that number.</summary>
    /// <param name="jobs">Threads [1..].</param>
    /// <param name="done">Told the runs that are done and the I/Os in them, from the threads, one call at a time; null for nobody.</param>
    /// <param name="cancellation">Ends it: what is done by then is kept.</param>
    public PlannedKeyslots Run(int jobs, Action<int, long>? done, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        KeyslotObservation?[] runs = new KeyslotObservation?[Runs];
        Tally tally = new(done);
        bool isComplete = true;
        try
        {
            // Replication by replication, so that what is there early covers the whole sweep.
            SharedWork.For(runs.Length, jobs, i => runs[i] = tally.Add(RunOne(_distinct[i % _distinct.Length], i / _distinct.Length, cancellation)), cancellation);
        }
        catch (OperationCanceledException)
        {
            isComplete = false;
        }

        KeyslotCell[] cells = [.. _points.Select(point => CellOf(runs, point))];
        return new PlannedKeyslots
        {
            Plan = _plan,
            Scene = _scene,
            Cells = cells,
            Needed = [.. cells.Chunk(_plan.Slots.Count).Select(row => SlotsNeeded.Among(row, _plan))],
            IsComplete = isComplete,
            Runs = tally.Runs,
            Ios = tally.Ios,
            WallSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    private KeyslotCell CellOf(KeyslotObservation?[] runs, KeyslotPoint point)
    {
        KeyslotCell cell = KeyslotCell.Of(point, Of(runs, _scene.Effective(point)), Of(runs, point.Baseline));
        return _scene.HasPopularity(point) ? cell.WithTheory((double)_plan.Zipf) : cell;
    }

    /// <summary>The replications of a point that were done, without a gap.</summary>
    private IReadOnlyList<KeyslotObservation> Of(KeyslotObservation?[] runs, KeyslotPoint point) =>
    [
        .. Enumerable.Range(0, _plan.Replications).Select(replication => runs[(replication * _distinct.Length) + _places[point]])
            .TakeWhile(run => run is not null).Select(run => run!),
    ];

    private KeyslotObservation RunOne(KeyslotPoint point, int replication, CancellationToken cancellation)
    {
        ResolvedRun resolved = _scene.At(point);
        MachineRunOptions options = new()
        {
            Seed = _scene.Seed,
            Replication = replication,
            Warmup = resolved.Header.Warmup,
            TimeLimit = resolved.Header.TimeLimit,
            KeepCheckpoints = false,
        };
        try
        {
            using IRunningMachine machine = _factory(resolved.Machine, options);
            while (!machine.Run(ChunkEvents))
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return KeyslotObservation.Of(machine.Result(), _scene);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return KeyslotObservation.Failed(SingleRun.ModelFailed(failure));   // of that run alone; the others go on
        }
    }

    private static IEnumerable<KeyslotPoint> PointsOf(KeyslotPlan plan) =>
        from design in plan.Designs
        from mix in plan.Mixes.Count == 0 ? [null] : plan.Mixes.Select(mix => (int?)mix)
        from keys in plan.Keys.Count == 0 ? [null] : plan.Keys.Select(keys => (int?)keys)
        from slots in plan.Slots
        select new KeyslotPoint(design, mix, keys, slots);

    /// <summary>Counts what the threads have done.</summary>
    private sealed class Tally(Action<int, long>? done)
    {
        private readonly Lock _lock = new();

        public int Runs { get; private set; }

        public long Ios { get; private set; }

        public KeyslotObservation Add(KeyslotObservation run)
        {
            lock (_lock)
            {
                (Runs, Ios) = (Runs + 1, Ios + run.Ios);
                done?.Invoke(Runs, Ios);
            }

            return run;
        }
    }
}

using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.InlineCrypto;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>A row made of two factories.</summary>
public sealed record EngineRow(
    string Name, string Operation, double? Goal, double Gate, long Operations, Func<IWorkload> Engine, Func<IWorkload>? Baseline) : IBenchmarkRow
{
    public bool MayAllocate { get; init; }

    public IWorkload OnEngine() => Engine();

    public IWorkload? OnBaseline() => Baseline?.Invoke();
}

/// <summary>Every row, in the order of the table.</summary>
public static class AllRows
{
    public static IReadOnlyList<IBenchmarkRow> List { get; } =
    [
        new EngineRow("hold-1", "wait", 100, 0.75, 4_000_000, () => new Hold(1), () => new BaselineHold(1)),
        new EngineRow("hold-100", "wait", 25, 1.5, 2_000_000, () => new Hold(100), () => new BaselineHold(100)),
        new EngineRow("hold-10k", "wait", 12, 1.4, 1_000_000, () => new Hold(10_000), () => new BaselineHold(10_000)),
        new EngineRow("hold-100k", "wait", 6, 1.0, 1_000_000, () => new Hold(100_000), () => new BaselineHold(100_000)),
        new EngineRow("pingpong", "signal", 100, 1.3, 4_000_000, () => new PingPong(), () => new BaselinePingPong()),
        new EngineRow("mm1", "customer", 10, 1.0, 500_000, () => new Mm1(), () => new BaselineMm1()),
        new EngineRow("mm1-two-process", "customer", 20, 0.95, 1_000_000, () => new Mm1TwoProcess(), () => new BaselineMm1TwoProcess()),
        new EngineRow("store", "item", 35, 1.0, 1_000_000, () => new BoundedStore(), () => new BaselineBoundedStore()),
        new EngineRow("ring", "job", 7, 2.0, 400_000, () => new Ring(), () => new BaselineRing()),
        new EngineRow("rerun", "run", 0.6, 1.2, 50_000, () => new Rerun(), () => new BaselineRerun()),
        new EngineRow("dm-crypt-ring", "request", 1.7, 0.25, 200_000, () => new DmCryptRing(), () => new Ring()),   // beside RING, not beside the plain baseline
        new EngineRow("dm-crypt-write", "bio", 0.3, 0.12, 100_000, () => new DmCryptWrite(), () => new Ring()),   // beside RING too
        new EngineRow("keyslot-hits-b", "request", 0.5, 0.1, 100_000, () => new KeyslotHits(NoKeyslot.SleepAtRequest), () => new Ring()),   // and so do these
        new EngineRow("keyslot-hits-d", "request", 0.5, 0.1, 100_000, () => new KeyslotHits(NoKeyslot.Park), () => new Ring()),
        new EngineRow("af-alg-queue", "IOCB", 1, 0.1, 100_000, () => new AfAlgIocbs(Serialize.None, Dependency.SoftwareQueue), () => new Ring()),
        new EngineRow("af-alg-mutex", "IOCB", 1, 0.1, 100_000, () => new AfAlgIocbs(Serialize.Mutex, Dependency.None), () => new Ring()),
        new EngineRow("capture", "state", null, 0.05, 100_000, () => new Captures(), () => new Ring()),                       // so are those of exploration
        new EngineRow("restore", "state", null, 0.05, 100_000, () => new Restores(), () => new Ring()),
        new EngineRow("explore", "transition", 0.2, 0.02, 40_000, () => new Transitions(fuse: false), () => new Ring()) { MayAllocate = true },
        new EngineRow("explore-fused", "transition", 0.12, 0.01, 20_000, () => new Transitions(fuse: true), () => new Ring()) { MayAllocate = true },
        new EngineRow("explore-rerun", "run", 0.1, 0.01, 20_000, () => new Reruns(), () => new Ring()) { MayAllocate = true },
        new EngineRow("explore-shrink", "schedule", 0.00001, 0, 10, () => new Shrinks(), null) { MayAllocate = true },
    ];

    /// <summary>What the order hash costs: the engine with it beside the engine without. The gate is the promise: at most 10 %.</summary>
    public static IReadOnlyList<IBenchmarkRow> OrderHash { get; } =
    [
        new EngineRow("hash-hold-1", "wait", null, 0.9, 4_000_000, () => new Hold(1), () => new Hold(1, fingerprint: false)),
        new EngineRow("hash-hold-100", "wait", null, 0.9, 2_000_000, () => new Hold(100), () => new Hold(100, fingerprint: false)),
        new EngineRow("hash-pingpong", "signal", null, 0.9, 4_000_000, () => new PingPong(), () => new PingPong(fingerprint: false)),
    ];
}

using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;
using static CryptoSim.Simulator.Recording.TraceKind;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>What an exploration of caam-deadlock could find, written by hand after the trace of a run: a ring of three usable entries, one bio of eight sectors. Its figures are made up.</summary>
internal static class CaamExploration
{
    public static ExploredVariant Failing => new("caam-4.1", Deadlock)
    {
        AsExpected = true,
        Expected = "explore: deadlock",
        Files = new ExplorationFiles
        {
            Schedule = "out/caam-deadlock/caam-4.1.sched",
            Repro = "out/caam-deadlock/caam-4.1.repro.yaml",
            Perfetto = "out/caam-deadlock/caam-4.1.perfetto.json",
            Page = "out/caam-deadlock/explore.html",
        },
    };

    public static ExploredVariant Fixed => new("caam-fixed", Proved) { AsExpected = true, Expected = "explore: proved", Size = ["jr0.depth=4", "writer.size=4KiB"] };

    public static Exploration All => Of(
        Failing,
        new ExploredVariant("caam-4.1-worked-around", Proved) { Size = ["jr0.depth=4", "writer.size=4KiB"] },
        Fixed,
        new ExploredVariant("crypto-engine", Bounded) { AsExpected = false, Expected = "explore: proved" },
        new ExploredVariant("crypto-engine-retry", Covered));

    public static Exploration Of(params ExploredVariant[] variants) => new()
    {
        Scenario = "caam-deadlock",
        About = "A driver that answers EBUSY and drops the request hangs dm-crypt.",
        Path = "Scenarios/Library/caam-deadlock.yaml",
        Version = "0.2.0",
        Command = "./cryptosim explore Scenarios/Library/caam-deadlock.yaml",
        Program = "./cryptosim",
        Variants = variants,
    };

    public static ExplorationResult Deadlock => new()
    {
        Verdict = ExplorationVerdict.Failed,
        Found = "deadlock",
        Rule = "DM-C5",
        Message = "EBUSY to a request with MAY_BACKLOG promises a callback with EINPROGRESS; the request was dropped",
        Phases =
        [
            new PhaseReport(0, "default schedule", "HUNG", "1 schedule, 18 steps", Failed: true) { Seconds = 0.0021 },
            new PhaseReport(2, "breadth-first", "HUNG", "shortest is 18 steps", Failed: true) { Seconds = 0.031 },
        ],
        Counts = new ExplorationCounts { Schedules = 1, States = 271, Transitions = 604, Fused = 118, GoodEnds = 1, BadEnds = 1, Depth = 18, PeakBytes = 88_300, LargestState = 240, Seconds = 0.033 },
        Failure = Trace,
    };

    public static ExplorationResult Proved => new()
    {
        Verdict = ExplorationVerdict.Proved,
        Phases =
        [
            new PhaseReport(0, "default schedule", "passed", "1 schedule, 74 steps", Failed: false) { Seconds = 0.003 },
            new PhaseReport(1, "random, PCT", "passed", "200 schedules", Failed: false) { Seconds = 0.045 },
            new PhaseReport(2, "breadth-first", "PROVED", "8,217 states", Failed: false) { Seconds = 0.22 },
        ],
        Counts = new ExplorationCounts { Schedules = 201, States = 8_217, Transitions = 21_034, Fused = 5_100, GoodEnds = 1, Depth = 74, PeakBytes = 1_990_000, LargestState = 236, Seconds = 0.22 },
    };

    public static ExplorationResult Bounded => Proved with
    {
        Verdict = ExplorationVerdict.Bounded,
        Bound = "2 preemptions, 1,200,000 states",
        Counts = Proved.Counts with { States = 1_200_000, Transitions = 3_100_000, PeakBytes = 290L << 20, Seconds = 31.4 },
    };

    public static ExplorationResult Covered => Proved with { Verdict = ExplorationVerdict.Covered, OmissionProbability = 3.2e-7 };

    public static ExplorationResult Sampled => new() { Verdict = ExplorationVerdict.Sampled, Counts = new ExplorationCounts { Schedules = 201, Seconds = 0.05 } };

    /// <summary>Two tasks that take two locks in opposite order.</summary>
    public static ExplorationResult Cycle
    {
        get
        {
            TraceStep[] steps =
            [
                Step(1, "a", "mutex_lock(lock A) = 0", [new(0, Call, "a", "process", "mutex_lock", "lock A", "", "", "")], "b"),
                Step(2, "b", "mutex_lock(lock B) = 0", [new(0, Call, "b", "process", "mutex_lock", "lock B", "", "", "")], "a"),
                Step(3, "b", "mutex_lock(lock A)", [new(0, Wait, "b", "process", "mutex_lock", "lock A", "", "", "")], "a"),
                Step(4, "a", "mutex_lock(lock B)", [new(0, Wait, "a", "process", "mutex_lock", "lock B", "", "", "")]),
            ];
            return new ExplorationResult
            {
                Verdict = ExplorationVerdict.Failed,
                Found = "deadlock",
                Failure = new FailingTrace
                {
                    Schedule = new Schedule { Choices = ["a", "b", "b"] },
                    Steps = steps,
                    PointOfNoReturn = 2,
                    End = End(
                        new BlockedRecord("a", "lock B", "mutex_lock", 0, "M.cs:2", "cycle", "only b -> a -> b, which wait for each other", ["a", "lock B", "b", "lock A", "a"]),
                        new BlockedRecord("b", "lock A", "mutex_lock", 0, "M.cs:1", "cycle", "only a -> b -> a, which wait for each other", ["b", "lock A", "a", "lock B", "b"])),
                    Preemptions = 1,
                },
            };
        }
    }

    public static FailingTrace Trace => new()
    {
        Schedule = new Schedule
        {
            Scenario = "caam-deadlock.yaml",
            Sha256 = "9f2c41d7",
            Variant = "caam-4.1",
            Anchors = [new ScheduleAnchor(6, "caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY")],
            Expect = "hung kcryptd/0 @ ctx->restart",
        },
        Steps = Steps,
        PointOfNoReturn = 6,
        End = End(
            new BlockedRecord(
                "kcryptd/0", "ctx->restart", "crypt_convert", 7_190_000, "ConvertContext.cs:89", "nobody",
                "req#4 was answered EBUSY by jr0 and is in no queue", ["kcryptd/0", "ctx->restart", "req#4", "(nobody)"]),
            new BlockedRecord(
                "writer/0", "io_getevents", "read_events", 0, "Job.cs:72", "nobody", "req#4 was answered EBUSY by jr0 and is in no queue",
                ["writer/0", "io_getevents", "kioctx", "bio#1", "io bio#1", "kcryptd/0", "ctx->restart", "req#4", "(nobody)"])),
        IsShortest = true,
        Doomed = 91,
        DoomedOf = 271,
        Sibling = new PassingSibling(5, Passing),
        Realisation = new Realisation(
            [.. Steps.Select((step, i) => new RealisedStep(step.Process, new VirtualTime(Instants[i])))],
            [new StretchedDelay(7, "jr0/deco0", new Duration(8_000_000), new Duration(43_000_000))]),
    };

    private static readonly long[] Instants =
        [0, 5_670_000, 6_050_000, 6_430_000, 6_810_000, 7_190_000, 19_019_011, 19_119_011, 19_119_011, 19_519_011, 31_088_022, 31_188_022, 31_188_022, 31_588_022, 43_157_033, 43_257_033, 43_257_033, 43_657_033];

    private static TraceStep[] Steps =>
    [
        Step(1, "writer/0", "crypt_map(bio#1)", [new(0, Call, "writer/0", "process", "crypt_map", "dm-0", "bio#1", "", "WRITE 0 + 8")]),
        Step(2, "kcryptd/0", "kcryptd_crypt_write_convert(io bio#1)", [new(0, TraceKind.Step, "kcryptd/0", "process", "kcryptd_crypt_write_convert", "dm-0", "io bio#1", "", "")]),
        Submit(3, 1, 1), Submit(4, 2, 2, "jr0/deco0"), Submit(5, 3, 3, "jr0/deco0"),
        Dropped,
        .. Done(7, 1), .. Done(11, 2), .. Done(15, 3),
    ];

    private static TraceStep[] Passing =>
    [
        .. Done(6, 1).Select(step => step with { Enabled = [step.Process, "kcryptd/0"] }),
        Submit(10, 4, 3, "jr0/deco0"), Submit(11, 5, 3, "jr0/deco0"),
        .. Done(12, 2), .. Done(16, 3), .. Done(20, 4), .. Done(24, 5),
        Step(28, "writer/0", "io_getevents = 1", []),
    ];

    private static TraceStep Dropped => Step(
        6, "kcryptd/0", "caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY",
        [
            new(0, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "", "MAY_BACKLOG"),
            new(0, Return, "kcryptd/0", "process", "ablkcipher_encrypt", "jr0", "req#4", "EBUSY", "3/3, request dropped"),
            new(0, Fault, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "EBUSY", "MAY_BACKLOG promises a callback with EINPROGRESS (DM-C5); the driver has forgotten the request"),
            new(0, Wait, "kcryptd/0", "process", "crypt_convert", "jr0", "req#4", "", "wait_for_completion(&ctx->restart) of io bio#1"),
        ],
        "jr0/deco0") with
    { Source = "JobRing.cs:97" };

    private static TraceStep Submit(int number, int request, int fill, params string[] others) => Step(
        number, "kcryptd/0", $"caam_jr_enqueue(req#{request}, MAY_BACKLOG) = EINPROGRESS",
        [
            new(0, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", $"req#{request}", "", "MAY_BACKLOG"),
            new(0, Return, "kcryptd/0", "process", "ablkcipher_encrypt", "jr0", $"req#{request}", "EINPROGRESS", $"{fill}/3"),
        ],
        others) with
    { Source = "JobRing.cs:97" };

    /// <summary>An engine finishes a job, its line rises, the handler runs, the tasklet calls back.</summary>
    private static TraceStep[] Done(int number, int request) =>
    [
        Step(number, "jr0/deco0", "runs", []) with { Context = "hw" },
        Step(number + 1, "jr0/line", "runs", []) with { Context = "hw" },
        Step(number + 2, "jr0", "caam_jr_interrupt", [new(0, TraceKind.Step, "jr0", "hardirq", "caam_jr_interrupt", "jr0", "", "", "mask, schedule tasklet")]) with { Context = "hardirq", Source = "JobRingInterrupt.cs:88" },
        Step(number + 3, "jr0", $"kcryptd_async_done(req#{request}) = 0", [new(0, Callback, "jr0", "softirq", "caam_jr_dequeue", "kcryptd_async_done", $"req#{request}", "0", "")]) with { Context = "softirq", Source = "JobRing.cs:140" },
    ];

    private static TraceStep Step(int number, string process, string label, IReadOnlyList<TraceEvent> events, params string[] others) =>
        new(number, process, "process", label, events.Count > 0 ? "Model.cs:10" : "", events, [process, .. others]);

    private static RunEnd End(params BlockedRecord[] blocked) => new()
    {
        Ends = "deadlock",
        AtPicoseconds = 0,
        Events = 29,
        Fingerprint = 0x8d21c0ffee00a1b2,
        Blocked = blocked,
    };
}

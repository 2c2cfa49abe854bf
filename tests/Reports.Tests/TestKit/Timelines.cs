using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Requests phase by phase, made up for tests of reports only: times in whole microseconds.</summary>
internal static class Timelines
{
    public static readonly string[] Phases =
    [
        "AF_ALG/SOCKET", "Queued on Mutex", "BUILD / MAP HW DESCS", "IV in flight (enqueue sw queue)", "HW Queue full (backlog)", "Place in HW Queue", "Process", "Interrupt",
        "Respond and update IV",
    ];

    /// <summary>Two requests under a mutex, two with a queue in the driver, and three with neither, the last of which never comes back.</summary>
    public static IReadOnlyList<RunRecord> All { get; } =
    [
        Run("mutex", First, Request(2, [(0, 30), (1, 40), (2, 60), (6, 80), (7, 100), (8, 105)], end: 110, latched: 80, from: 1)),
        Run("driver-queue", First, Request(2, [(0, 30), (2, 40), (3, 50), (6, 60), (7, 80), (8, 85)], end: 90, latched: 60, from: 1)),
        Run("none", First, Request(2, [(0, 30), (2, 40), (5, 50), (6, 52), (7, 72), (8, 75)], end: 80, latched: 50, from: 0) with { IsStale = true }, Stuck),
    ];

    private static RequestSample First => Request(1, [(0, 0), (2, 10), (6, 30), (7, 50), (8, 55)], end: 60, latched: 30, from: 0);

    private static RequestSample Stuck => Request(3, [(0, 60), (2, 65), (4, 75)], end: null, latched: null, from: 0);

    /// <summary>So many requests of one socket, one after the other, 50us each.</summary>
    public static RunRecord Many(string variant, int requests, int sockets = 1) => Run(
        variant, [.. from i in Enumerable.Range(0, requests) let at = i * 50 let number = (i / sockets) + 1
                     select Request(number, [(0, at), (2, at + 10), (6, at + 20), (8, at + 30)], at + 40, at + 20, number - 1) with { Owner = $"aio/{i % sockets}", Engine = i % 2 }]);

    public static RunRecord Run(string variant, params RequestSample[] requests) => new()
    {
        Version = "0.1.0",
        Identity = MadeUp.Identity("af-alg-timelines", variant, []),
        End = MadeUp.Completed(1_000_000_000, 100),
        Metrics = [],
        Latencies = [new LatencySeries { Name = "aio", Bins = [] }],
        Requests = [new RequestSeries { Name = "aio", Phases = Phases, Requests = requests }],
    };

    private static RequestSample Request(long number, (int Phase, long Us)[] phases, long? end, long? latched, long from) => new()
    {
        Owner = "aio/0",
        Number = number,
        Phases = [.. phases.Select(phase => new PhaseStart(phase.Phase, phase.Us * 1_000_000))],
        EndedPicoseconds = end * 1_000_000,
        LatchedPicoseconds = latched * 1_000_000,
        WrittenPicoseconds = end * 1_000_000,
        IvFrom = from,
        Engine = 0,
    };
}

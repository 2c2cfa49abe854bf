using CryptoSim.Simulator.Recording;
using static CryptoSim.Simulator.Recording.TraceKind;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>What a run of caam-deadlock leaves behind, written by hand: a ring of three usable entries, one bio of eight sectors.</summary>
internal static class CaamDeadlock
{
    public static IReadOnlyList<RunRecord> All => [Deadlock(), Fixed("caam-4.1-worked-around"), Fixed("caam-fixed")];

    public static RunRecord Deadlock() => new()
    {
        Version = "0.1.0",
        Identity = MadeUp.Identity("caam-deadlock", "caam-4.1", []),
        End = new RunEnd
        {
            Ends = "deadlock",
            Rule = "DM-C5",
            Message = "kcryptd/0 waits on ctx->restart, which nobody will complete",
            AtPicoseconds = 45_650_000,
            Events = 61,
            Fingerprint = 0x8d21c0ffee00a1b2,
            Blocked =
            [
                new BlockedRecord(
                    "kcryptd/0", "ctx->restart io#1", "wait_for_completion", 3_900_000, "ConvertContext.cs:123", "nobody",
                    "req#4 was answered EBUSY by jr0 and is in no queue, so nobody will call kcryptd_async_done for it",
                    ["kcryptd/0", "ctx->restart io#1", "req#4", "nobody"]),
            ],
        },
        Metrics = [new("jr0.ebusy", 1, ""), new("jr0.ring.max", 3, ""), new("jr0.utilization", 0.71m, "")],
        Steps =
        [
            new StepSeries
            {
                Name = "jr0.ring", Unit = "jobs", Capacity = 3,
                TimesPicoseconds = [0, 600_000, 1_400_000, 2_200_000, 12_600_000, 24_600_000, 36_600_000], Values = [0, 1, 2, 3, 2, 1, 0],
            },
        ],
        Trace = Trace,
    };

    public static RunRecord Fixed(string variant) => Deadlock() with
    {
        Identity = MadeUp.Identity("caam-deadlock", variant, []),
        End = MadeUp.Completed(113_000_000, 149),
        Latencies = [new LatencySeries { Name = "writer", Bins = Bins.Of([113_000_000]), Bios = [new BioSample(0, 113_000_000, 4096, true)] }],
    };

    private static IReadOnlyList<TraceEvent> Trace =>
    [
        new(0, Call, "writer/0", "process", "submit_bio", "dm-0", "bio#1", "", "write 4 KiB"),
        new(100_000, Step, "kcryptd/0", "process", "kcryptd_crypt", "", "io#1", "", ""),
        .. Submit(500_000, 1), .. Submit(1_300_000, 2), .. Submit(2_100_000, 3),
        new(2_900_000, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "", "MAY_BACKLOG"),
        new(3_600_000, Fault, "jr0", "hw", "caam_jr_enqueue", "", "req#4", "", "ring 3/3, request dropped"),
        new(3_700_000, Return, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "EBUSY", ""),
        new(3_900_000, Wait, "kcryptd/0", "process", "wait_for_completion", "ctx->restart", "io#1", "", ""),
        .. Done(12_600_000, 1), .. Done(24_600_000, 2), .. Done(36_600_000, 3),
    ];

    private static TraceEvent[] Submit(long at, int request) =>
    [
        new(at, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", $"req#{request}", "", "MAY_BACKLOG"),
        new(at + 100_000, Step, "jr0", "hw", "caam_jr_enqueue", "", $"req#{request}", "", $"ring {request}/3"),
        new(at + 200_000, Return, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", $"req#{request}", "EINPROGRESS", ""),
    ];

    private static TraceEvent[] Done(long at, int request) =>
    [
        new(at, Step, "jr0", "hw", "job done", "", $"req#{request}", "", $"ring {3 - request}/3"),
        new(at + 1_000_000, Call, "jr0", "hardirq", "caam_jr_interrupt", "tasklet jr0", $"req#{request}", "", ""),
        new(at + 1_500_000, Callback, "tasklet jr0", "softirq", "kcryptd_async_done", "kcryptd/0", $"req#{request}", "0", ""),
    ];
}

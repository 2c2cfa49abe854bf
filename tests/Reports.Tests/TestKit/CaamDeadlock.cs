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
                    "kcryptd/0", "ctx->restart", "wait_for_completion", 3_900_000, "ConvertContext.cs:123", "nobody",
                    "req#4 was answered EBUSY by jr0 and is in no queue",
                    ["kcryptd/0", "ctx->restart", "req#4", "(nobody)"]),
                new BlockedRecord(
                    "writer/0", "io_getevents", "read_events", 0, "Job.cs:72", "nobody", "req#4 was answered EBUSY by jr0 and is in no queue",
                    ["writer/0", "io_getevents", "bio#1", "kcryptd/0", "ctx->restart", "req#4", "(nobody)"]),
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
        new(0, Call, "writer/0", "process", "crypt_map", "dm-0", "bio#1", "", "WRITE 0 + 8"),
        .. Submit(500_000, 1), .. Submit(1_300_000, 2), .. Submit(2_100_000, 3),
        new(2_900_000, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "", "MAY_BACKLOG"),
        new(2_900_000, Return, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "EBUSY", "3/3, request dropped"),
        new(2_900_000, Fault, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "EBUSY", "MAY_BACKLOG promises a callback with EINPROGRESS (DM-C5); the driver has forgotten the request"),
        new(3_900_000, Wait, "kcryptd/0", "process", "crypt_convert", "jr0", "req#4", "", "wait_for_completion(&ctx->restart) of io bio#1"),
        .. Done(12_600_000, 1), .. Done(24_600_000, 2), .. Done(36_600_000, 3),
    ];

    private static TraceEvent[] Submit(long at, int request) =>
    [
        new(at, Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", $"req#{request}", "", "MAY_BACKLOG"),
        new(at, Return, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", $"req#{request}", "EINPROGRESS", $"{request}/3"),
    ];

    private static TraceEvent[] Done(long at, int request) =>
    [
        new(at, Step, "jr0", "hardirq", "caam_jr_interrupt", "jr0", "", "", "mask, schedule tasklet"),
        new(at + 400_000, Callback, "jr0", "softirq", "caam_jr_dequeue", "kcryptd_async_done", $"req#{request}", "0", ""),
    ];
}

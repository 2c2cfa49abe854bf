using CryptoSim.Models.Options;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests;

/// <summary>Results made by hand, to look at how they are shown.</summary>
internal static class Synthetic
{
    public const string Owner = "req#4 was answered EBUSY by jr0 and is in no queue";

    public static Scenario Scenario(int replicate = 1) => new()
    {
        Path = "caam-deadlock.yaml",
        Header = new ScenarioHeader { Scenario = "caam-deadlock", About = "A driver that drops a request hangs dm-crypt.", Replicate = replicate },
        Base = new MachineOptions { Hardware = new HardwareOptions(), Workload = [] },
    };

    public static RunRecord Completed(string variant, ulong fingerprint = 0x1234) => Record(variant, new RunEnd
    {
        Ends = "completed",
        AtPicoseconds = 3_002_000_000,
        Events = 120,
        Fingerprint = fingerprint,
    });

    public static RunRecord Deadlock(string variant) => Record(variant, new RunEnd
    {
        Ends = "deadlock",
        Rule = "DM-C5",
        Message = "EBUSY with MAY_BACKLOG promises a callback that never comes",
        AtPicoseconds = 2_118_000_000,
        Events = 99,
        Fingerprint = 0xabcdef,
        Blocked = [new BlockedRecord("kcryptd/0", "ctx->restart", "crypt_convert", 1_402_000_500, "ConvertContext.cs:41", "nobody", Owner, ["kcryptd/0", "ctx->restart", "req#4"])],
    }) with
    {
        Trace =
        [
            Event(1_000_000, TraceKind.Call, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#1", "EINPROGRESS", "ring 1/3"),
            Event(1_402_000_500, TraceKind.Return, "kcryptd/0", "process", "caam_jr_enqueue", "jr0", "req#4", "EBUSY", "ring 3/3, request dropped"),
            Event(2_000_000_000, TraceKind.Callback, "jr0", "softirq", "kcryptd_async_done", "kcryptd/0", "req#2", "0", ""),
            Event(2_050_000_000, TraceKind.Callback, "jr0", "softirq", "kcryptd_async_done", "kcryptd/0", "req#3", "0", ""),
            Event(2_118_000_000, TraceKind.Step, "jr0", "hw", "caam_jr_dequeue", "", "", "", "ring 0/3"),
        ],
    };

    public static RunRecord Record(string variant, RunEnd end) => new()
    {
        Version = "0.1.0",
        Identity = new RunIdentity { Scenario = "caam-deadlock", Sha256 = "00", Resolved = "", Variant = variant, Seed = 1 },
        End = end,
        Metrics = [new Metric("crypto.requests", 8, ""), new Metric("writer.iops", 1234.5m, "/s"), new Metric("writer.latency.p99", 41_250.125m, "ns")],
    };

    public static ExperimentResult Result(IReadOnlyList<RunRecord> records, params ClaimOutcome[] claims) =>
        new(Scenario(), [.. records.Select(record => new CompletedRun(record, 0.01))], claims, claims.All(claim => claim.Holds));

    public static ClaimOutcome Claim(string claim, string variant, bool holds, string value = "", string? interval = null) =>
        new(claim, variant, "", holds, value, interval);

    private static TraceEvent Event(
        long at, TraceKind kind, string process, string context, string function, string target, string subject, string result, string detail) =>
        new(at, kind, process, context, function, target, subject, result, detail);
}

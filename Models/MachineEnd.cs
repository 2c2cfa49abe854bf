using CryptoSim.Models.Crypto;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>Says how a run of a machine ended, in the words of a scenario.</summary>
internal static class MachineEnd
{
    public static RunEnd Describe(Machine machine)
    {
        Outcome outcome = machine.Simulation.Outcome;
        (string ends, string? rule, string? message) = Judge(machine, outcome);
        return new RunEnd
        {
            Ends = ends,
            Rule = rule,
            Message = message,
            AtPicoseconds = outcome.At.Picoseconds,
            Events = machine.Events,
            Fingerprint = machine.Simulation.Fingerprint,
            Blocked = [.. CauseFirst(outcome.Blocked).Select(Describe)],
        };
    }

    private static (string Ends, string? Rule, string? Message) Judge(Machine machine, Outcome outcome)
    {
        switch (outcome.End)
        {
            case End.Deadlock:
                return JudgeDeadlock(machine, outcome);
            case End.Livelock:
                return ("livelock", null, $"{outcome.Message}; the clock stands still while these keep waking each other: {string.Join(" -> ", outcome.Cycle)}");
            case End.TimeLimit:
                return ("time-limit", null, outcome.Message);
            case End.Fault:
                return (DataRule.Covers(outcome.Rule) ? "corruption" : "fault", outcome.Rule, outcome.Message);
            default:
                return machine.FindLeaks() is { } leak ? ("fault", leak.Rule, leak.Sentence) : JudgeErrors(machine);
        }
    }

    private static (string Ends, string? Rule, string? Message) JudgeDeadlock(Machine machine, Outcome outcome)
    {
        if (machine.Ciphers.Any(c => c.HasForgotten))
        {
            return ("deadlock", "DM-C5", "EBUSY to a request with MAY_BACKLOG promises a callback with EINPROGRESS; the request was dropped");
        }

        return BlameFor(machine) is { } blame ? ("deadlock", blame.Rule, blame.Sentence) : ("deadlock", outcome.Rule, outcome.Rule is null ? Sentence(outcome) : outcome.Message);
    }

    /// <summary>What a target has lost count of, or what a ring owes for ever, the latter only when nothing is under way any more; else null.</summary>
    private static (string Rule, string Sentence)? BlameFor(Machine machine) =>
        machine.Targets.Select(target => target.BlameForHang()).FirstOrDefault(blame => blame is not null)
        ?? (machine.Simulation.IsAnythingPending ? null : machine.Ciphers.Select(cipher => cipher.FindStandstill()).FirstOrDefault(blame => blame is not null));

    /// <summary>Those whom nobody will wake first, the shortest wait chain first: the others wait for them.</summary>
    private static IEnumerable<BlockedProcess> CauseFirst(IEnumerable<BlockedProcess> blocked) =>
        blocked.OrderByDescending(b => b.IsDead).ThenBy(b => b.Chain.Count).ThenBy(b => b.Since);

    private static string? Sentence(Outcome outcome)
    {
        BlockedProcess? cause = CauseFirst(outcome.Blocked).FirstOrDefault();
        return cause is null ? outcome.Message : $"{cause.Process} waits on {cause.WaitsOn} in {cause.Symbol} since {cause.Since}: {cause.Owner}";
    }

    private static (string Ends, string? Rule, string? Message) JudgeErrors(Machine machine)
    {
        foreach (IWorkload workload in machine.Workloads)
        {
            if (workload.HasErrors)
            {
                (string? rule, string? cause) = MachineErrors.CauseIn(machine);
                string how = workload.FirstError is { } first ? $"failed; first: {first}" : "ended with EIO";
                return ("io-error", rule, $"{workload.Errors} I/Os of {workload.Name} {how}{cause}");
            }
        }

        return machine.FindBroken() is { } broken ? (DataRule.Covers(broken.Rule) ? "corruption" : "fault", broken.Rule, broken.Sentence) : ("completed", null, null);
    }

    private static BlockedRecord Describe(BlockedProcess blocked) => new(
        blocked.Process,
        blocked.WaitsOn,
        blocked.Symbol,
        blocked.Since.Picoseconds,
        blocked.Source,
        blocked.Reason switch
        {
            BlockedReason.Nobody => "nobody",
            BlockedReason.Cycle => "cycle",
            BlockedReason.Alive => "alive",
            _ => "unknown",
        },
        blocked.Owner,
        blocked.Chain);
}

using System.Globalization;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Statistics;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Planning;
using Planned = CryptoSim.Scenarios.Planning.KeyslotCell;
using Reported = CryptoSim.Reports.Planning.KeyslotCell;

namespace CryptoSim.Cli;

/// <summary>Hands keyslot plans from Scenarios to Reports, which do not know each other.</summary>
internal static class KeyslotPlans
{
    /// <summary>The plan as the reports take it.</summary>
    /// <param name="planned">What was shown.</param>
    /// <param name="command">The command that shows it again.</param>
    public static KeyslotReport Of(PlannedKeyslots planned, string command)
    {
        KeyslotPlan plan = planned.Plan;
        return new KeyslotReport
        {
            Version = ScenarioExplorer.Version,
            Command = command,
            Facts = [.. KeyslotPlanTexts.Facts(planned)],
            Assumptions = [.. KeyslotPlanTexts.Assumptions(planned)],
            Designs = plan.Designs,
            Mixes = plan.Mixes.Count == 0 ? [null] : [.. plan.Mixes.Select(mix => (int?)mix)],
            Keys = plan.Keys.Count == 0 ? [null] : [.. plan.Keys.Select(keys => (int?)keys)],
            Slots = plan.Slots,
            Target = plan.Target,
            MaxDelayPicoseconds = plan.MaxDelay.Picoseconds,
            MaxLoss = plan.MaxLoss,
            Seed = planned.Scene.Seed,
            Replications = plan.Replications,
            IsComplete = planned.IsComplete,
            Runs = planned.Runs,
            Ios = planned.Ios,
            Cells = [.. planned.Cells.Select(Of)],
            Needed = [.. planned.Needed.Select(Of)],
        };
    }

    /// <summary>The quantity of the reports that shows a figure.</summary>
    internal static KeyslotQuantity QuantityOf(KeyslotFigure figure) => figure switch
    {
        KeyslotFigure.NoSlot => KeyslotQuantity.NoSlot,
        KeyslotFigure.Programs => KeyslotQuantity.Programs,
        KeyslotFigure.PlainP50 => KeyslotQuantity.PlainP50,
        KeyslotFigure.PlainP99 => KeyslotQuantity.PlainP99,
        KeyslotFigure.PlainAdded => KeyslotQuantity.PlainAdded,
        KeyslotFigure.EncryptedP99 => KeyslotQuantity.EncryptedP99,
        KeyslotFigure.EncryptedAdded => KeyslotQuantity.EncryptedAdded,
        KeyslotFigure.EncryptedIops => KeyslotQuantity.EncryptedIops,
        _ => KeyslotQuantity.EncryptedLost,
    };

    private static Reported Of(Planned cell) => new(
        cell.Point.Design, cell.Point.Mix, cell.Point.Keys, cell.Point.Slots,
        cell.Values.ToDictionary(pair => QuantityOf(pair.Key).Id, pair => ConfidenceInterval.Of(pair.Value)))
    {
        Problem = cell.Problem,
        ProgramsFloor = cell.ProgramsFloor,
        ProgramsLru = cell.ProgramsLru,
    };

    private static KeyslotNeed Of(SlotsNeeded needed) => new(
        needed.Point.Design, needed.Point.Mix, needed.Point.Keys, needed.Point.Slots, needed.IsEnough, needed.Lacks is { } lacks ? QuantityOf(lacks).Id : null, needed.IsOpen);
}

/// <summary>What is simulated and what is assumed, for people.</summary>
internal static class KeyslotPlanTexts
{
    /// <summary>Name and value.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Facts(PlannedKeyslots planned)
    {
        KeyslotPlan plan = planned.Plan;
        yield return KeyValuePair.Create("host", planned.Scene.Yaml is null
            ? $"{planned.Scene.Host} of {planned.Scene.Scenario.Path}"
            : Text($"{planned.Scene.Host}: {plan.HardwareQueues} hardware {(plan.HardwareQueues == 1 ? "queue" : "queues")} with {plan.QueueDepth} tags, a command takes {plan.Latency.ToExactString()}, programming a key {plan.ProgramKey.ToExactString()} ({(plan.ProgrammingSleeps ? "may sleep: BLK_MQ_F_BLOCKING" : "atomic")}); {plan.Cpus} CPUs"));
        yield return KeyValuePair.Create("load", planned.Scene.Yaml is null
            ? $"encrypted: {string.Join(", ", planned.Scene.Encrypted)}; not encrypted: {string.Join(", ", planned.Scene.Plain)}"
            : Load(plan));
        if (plan.Keys.Count > 0)
        {
            yield return KeyValuePair.Create("keys", $"one for each file{(planned.Scene.Encrypted.Count > 1 ? " of each encrypted job" : "")}; the files are chosen by Zipf's law with exponent {plan.Zipf.ToString(CultureInfo.InvariantCulture)}");
        }

        string time = planned.Scene.Yaml is null ? "" : $" of {plan.Runtime.ToExactString()} after {plan.Warmup.ToExactString()} of warm-up";
        yield return KeyValuePair.Create("runs", Text($"{plan.Replications} {(plan.Replications == 1 ? "replication" : "replications")} of each point{time}; seed {planned.Scene.Seed}"));
    }

    /// <summary>A sentence each.</summary>
    public static IEnumerable<string> Assumptions(PlannedKeyslots planned)
    {
        if (planned.Scene.Yaml is not null)
        {
            yield return "Assumed, since no measurement was published: 100us for programming by a secure monitor call, as Qualcomm ICE does; by the registers of UFS it is 19 writes, about 3us. Assumed too: the time of a command, how popular files are, and the share of I/O that is not encrypted.";
        }

        yield return "Only sleep-at-request is in Linux, since 5.8. The other designs are those of the discussion before it; falling back to the CPU because no slot is left is not among what Linux does: it falls back for what a host cannot encrypt at all.";
        yield return "More slots than keys are simulated as many as keys, since a slot for which there is no key is never used.";
        yield return "Not simulated: evicting keys, what the file system does, and the time of encryption in the host, which is done at line rate.";
    }

    private static string Load(KeyslotPlan plan)
    {
        string arrivals = plan.Iops is { } iops
            ? $"{Figures.Count(iops)} I/Os per second arrive as a Poisson process, {Figures.Count(plan.Iodepth)} in flight at most"
            : $"{Figures.Count(plan.Iodepth)} I/Os always in flight";
        return $"{arrivals}, each in a task of its own; random reads of {plan.Bs.ToExactString()}";
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

using System.CommandLine;
using System.Globalization;
using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator;

namespace CryptoSim.Cli.Commands;

/// <summary>The options of <c>cryptosim plan keyslots</c>: what is swept, the host and its load, what is good enough, and where the answer goes.</summary>
internal sealed class KeyslotPlanOptions
{
    private static readonly KeyslotPlan Default = new();

    private readonly Argument<string?> _scenario = new("scenario")
    {
        HelpName = "SCENARIO",
        Description = "Take host and workload from this scenario; slots and designs are swept over it, and keys where --keys says so.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _variant = new("--variant") { HelpName = "NAME", Description = "The variant of the scenario." };
    private readonly Option<string[]> _set = ScenarioOptions.NewSet();

    private readonly Option<IReadOnlyList<int>?> _slots = PlanReaders.New("--slots", "N,...", $"Keyslots of the host. Default: {string.Join(',', Default.Slots)}.", PlanReaders.Counts("--slots", "a number of keyslots", 256, "1,2,4,8"));
    private readonly Option<IReadOnlyList<int>?> _keys = PlanReaders.New("--keys", "N,...", $"Files, each with a key of its own. Default: {string.Join(',', Default.Keys)}; with a scenario its own keys.", PlanReaders.Counts("--keys", "a number of keys", 65_536, "1,16,256"));
    private readonly Option<decimal?> _zipf = PlanReaders.New<decimal?>("--zipf", "EXPONENT", "Popularity of the files by Zipf's law; 0: every file alike. Default: 1.0.", PlanReaders.Exponent);
    private readonly Option<IReadOnlyList<int>?> _mix = PlanReaders.New("--mix", "PERCENT,...", $"Shares of the I/O that are not encrypted. Default: {string.Join(',', Default.Mixes.Select(mix => mix + "%"))}.", PlanReaders.Counts("--mix", "a share", 99, "10%,30%", "%"));
    private readonly Option<IReadOnlyList<string>?> _designs = PlanReaders.New("--designs", "WORD,...", $"Which designs. Default: {string.Join(',', KeyslotDesigns.Words)}.", PlanReaders.Designs);
    private readonly Option<int?> _iops = Number("--iops", "N", "a rate", 2, 10_000_000, "I/Os that arrive per second, encrypted and not, as a Poisson process. Default: 20,000, or as fast as --iodepth allows if that is given.");
    private readonly Option<int?> _iodepth = Number("--iodepth", "N", "a number of I/Os", 2, 65_536, $"I/Os in flight at most, encrypted and not, each in a task of its own. Default: {Default.Iodepth}.");
    private readonly Option<Duration?> _programKey = PlanReaders.New("--program-key", "DURATION", "Time that programming a key takes. Default: 100us (assumed: a secure monitor call of ICE); about 3us by the registers of UFS.", PlanReaders.Time("--program-key", Duration.Zero));
    private readonly Option<KeyProgrammingWord?> _programming = new("--programming") { HelpName = "WORD", CustomParser = FlagReaders.Word<KeyProgrammingWord>("--programming"), Description = "sleeping: by a call that may sleep, so that dispatch runs with BLK_MQ_F_BLOCKING; atomic: by registers. Default: sleeping." };
    private readonly Option<DurationDistribution?> _latency = PlanReaders.New("--latency", "LAW", $"Time of a command in the device, e.g. 80us or lognormal(median=80us p99=400us). Default: {Default.Latency.ToExactString()}.", PlanReaders.Law);
    private readonly Option<DataSize?> _bs = PlanReaders.New<DataSize?>("--bs", "SIZE", "Size of one I/O. Default: 4KiB.", PlanReaders.BlockSize);
    private readonly Option<int?> _queueDepth = Number("--queue-depth", "N", "a number of tags", 1, 1024, $"Driver tags of each hardware queue. Default: {Default.QueueDepth}.");
    private readonly Option<int?> _hardwareQueues = Number("--hardware-queues", "N", "a number of queues", 1, 1024, $"Hardware queues. Default: {Default.HardwareQueues}.");
    private readonly Option<int?> _cpus = Number("--cpus", "N", "a number of CPUs", 1, 1024, $"CPUs. Default: {Default.Cpus}.");
    private readonly Option<double?> _target = PlanReaders.New("--target", "PERCENT", "Enough slots: at most this share of the encrypted I/O finds none. Default: 1%.", PlanReaders.Percentage("--target"));
    private readonly Option<Duration?> _maxDelay = PlanReaders.New("--max-delay", "DURATION", $"Enough slots: unencrypted I/O takes at most this longer, on average. Default: {Default.MaxDelay.ToExactString()}.", PlanReaders.Time("--max-delay", new Duration(1)));
    private readonly Option<double?> _maxLoss = PlanReaders.New("--max-loss", "PERCENT", "Enough slots: at most this share of the encrypted I/O that would come through without keyslots does not. Default: 1%.", PlanReaders.Percentage("--max-loss"));
    private readonly Option<Duration?> _runtime = PlanReaders.New("--runtime", "DURATION", $"Virtual time that each run measures. Default: {Default.Runtime.ToExactString()}.", PlanReaders.Time("--runtime", Duration.FromMilliseconds(1)));
    private readonly Option<Duration?> _warmup = PlanReaders.New("--warmup", "DURATION", $"Virtual time before that, in which the slots fill. Default: {Default.Warmup.ToExactString()}.", PlanReaders.Time("--warmup", Duration.Zero));
    private readonly Option<int?> _replications = Number("--replications", "N", "a number of runs", 1, 1000, $"Runs of each point with independent random streams; the 95 % intervals come from them. Default: {Default.Replications}.");
    private readonly Option<ulong?> _seed = ScenarioOptions.NewSeed("Seed of all random streams. Default: 1; with a scenario its own.");
    private readonly Option<int?> _jobs = ScenarioOptions.NewJobs("Runs at the same time; the results do not depend on it. Default: the number of CPUs.");
    private readonly Option<string> _out = ScenarioOptions.NewOut("Directory for plan.html, plan.csv, plan.json and plan.yaml. Default: out/plan-keyslots, with --json none.");
    private readonly Option<bool> _all = new("--all") { Description = "Print the table of every mix and number of keys, not only of the hardest." };
    private readonly Option<bool> _json = ScenarioOptions.NewJson();
    private readonly Option<bool> _quiet = ScenarioOptions.NewQuiet();

    private Option[] OfScenario => [_variant, _set];

    private Option[] OfMachine => [_mix, _iops, _iodepth, _programKey, _programming, _latency, _bs, _queueDepth, _hardwareQueues, _cpus, _runtime, _warmup];

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_scenario);
        foreach (Option option in (Option[])[_slots, _keys, _zipf, _designs, .. OfMachine, _target, _maxDelay, _maxLoss, _replications, _seed, _jobs, _out, _all, .. OfScenario, _json, _quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="UsageException">A flag would do nothing, or two do not go together.</exception>
    public KeyslotPlanArguments Read(ParseResult parsed)
    {
        string? scenario = parsed.GetValue(_scenario);
        Demand(parsed, scenario);
        return new KeyslotPlanArguments
        {
            Scenario = scenario,
            Variant = parsed.GetValue(_variant),
            Set = parsed.GetValue(_set) ?? [],
            Plan = scenario is null ? ReadMachine(parsed, ReadSweep(parsed)) : ReadSweep(parsed) with { Mixes = [], Keys = parsed.GetValue(_keys) ?? [] },
            Out = parsed.GetValue(_out),
            Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
            All = parsed.GetValue(_all),
            Json = parsed.GetValue(_json),
            Quiet = parsed.GetValue(_quiet),
            Words = [.. parsed.Tokens.Select(token => token.Value)],
        };
    }

    private KeyslotPlan ReadSweep(ParseResult parsed) => Default with
    {
        Slots = parsed.GetValue(_slots) ?? Default.Slots,
        Keys = parsed.GetValue(_keys) ?? Default.Keys,
        Zipf = parsed.GetValue(_zipf) ?? Default.Zipf,
        Designs = parsed.GetValue(_designs) ?? Default.Designs,
        Target = parsed.GetValue(_target) ?? Default.Target,
        MaxDelay = parsed.GetValue(_maxDelay) ?? Default.MaxDelay,
        MaxLoss = parsed.GetValue(_maxLoss) ?? Default.MaxLoss,
        Replications = parsed.GetValue(_replications) ?? Default.Replications,
        Seed = parsed.GetValue(_seed),
    };

    private KeyslotPlan ReadMachine(ParseResult parsed, KeyslotPlan sweep) => sweep with
    {
        Mixes = parsed.GetValue(_mix) ?? Default.Mixes,
        Iops = parsed.GetValue(_iops) ?? (parsed.GetValue(_iodepth) is null ? Default.Iops : null),
        Iodepth = parsed.GetValue(_iodepth) ?? Default.Iodepth,
        ProgramKey = parsed.GetValue(_programKey) ?? Default.ProgramKey,
        ProgrammingSleeps = parsed.GetValue(_programming) is not KeyProgrammingWord.Atomic,
        Latency = parsed.GetValue(_latency) ?? Default.Latency,
        Bs = parsed.GetValue(_bs) ?? Default.Bs,
        QueueDepth = parsed.GetValue(_queueDepth) ?? Default.QueueDepth,
        HardwareQueues = parsed.GetValue(_hardwareQueues) ?? Default.HardwareQueues,
        Cpus = parsed.GetValue(_cpus) ?? Default.Cpus,
        Runtime = parsed.GetValue(_runtime) ?? Default.Runtime,
        Warmup = parsed.GetValue(_warmup) ?? Default.Warmup,
        Seed = sweep.Seed ?? 1,
    };

    private void Demand(ParseResult parsed, string? scenario)
    {
        if (Array.Find(scenario is null ? OfScenario : OfMachine, Given) is { } idle)
        {
            throw new UsageException($"{idle.Name} does nothing {(scenario is null ? "without a scenario" : "with a scenario, whose host and workload are taken; change them with --set")} (see: cryptosim plan keyslots --help)");
        }

        if (parsed.GetValue(_json) && parsed.GetValue(_all))
        {
            throw new UsageException("--all does nothing with --json, which has every point (see: cryptosim plan keyslots --help)");
        }

        if (scenario is not null && Given(_zipf) && !Given(_keys))
        {
            throw new UsageException("--zipf does nothing with a scenario's own keys; say how many files with --keys (see: cryptosim plan keyslots --help)");
        }

        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
    }

    private static Option<int?> Number(string flag, string help, string what, int low, int high, string description) => PlanReaders.New<int?>(
        flag, help, description, result => (int?)FlagReaders.Count(flag, what, low, high)(result));
}

/// <summary>How keys are programmed, as <c>programming</c> spells it in a scenario.</summary>
internal enum KeyProgrammingWord
{
    /// <summary>By a call that may sleep.</summary>
    Sleeping,

    /// <summary>By registers.</summary>
    Atomic,
}

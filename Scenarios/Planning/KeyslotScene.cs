using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;

namespace CryptoSim.Scenarios.Planning;

/// <summary>A scenario with one host that has keyslots, and the machines that the points of a plan make of it.</summary>
public sealed class KeyslotScene
{
    private readonly KeyslotPlan _plan;
    private readonly ResolvedRun _run;

    private KeyslotScene(KeyslotPlan plan, Scenario scenario, Variant? variant)
    {
        (_plan, Scenario) = (plan, scenario);
        _run = scenario.ResolveRun(variant, scenario.Sweep.Points()[0]);
        Host = HostOf(_run.Machine, scenario.Path);
        Encrypted = JobsOf(_run.Machine, IsEncrypted);
        Plain = JobsOf(_run.Machine, job => !IsEncrypted(job));
        Seed = plan.Seed ?? _run.Header.Seed;
    }

    /// <summary>What the machines are made of.</summary>
    public Scenario Scenario { get; }

    /// <summary>The machine as a scenario of its own; null if it comes from a scenario.</summary>
    public string? Yaml { get; private init; }

    /// <summary>Name of the host.</summary>
    public string Host { get; }

    /// <summary>Names of the jobs whose I/O the host encrypts.</summary>
    public IReadOnlyList<string> Encrypted { get; }

    /// <summary>Names of its other jobs.</summary>
    public IReadOnlyList<string> Plain { get; }

    /// <summary>Of every random stream.</summary>
    public ulong Seed { get; }

    /// <summary>The scene that a plan describes by itself.</summary>
    public static KeyslotScene Of(KeyslotPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string yaml = KeyslotSceneText.Of(plan);
        ScenarioReadResult read = ScenarioReader.ReadText(yaml, "");
        return read.Scenario is { } scenario
            ? new KeyslotScene(plan, scenario, null) { Yaml = yaml }
            : throw new NotPlannableException(read.Errors[0].Message);
    }

    /// <summary>The host and the workload of a scenario.</summary>
    /// <param name="plan">What is swept over it.</param>
    /// <param name="scenario">The scenario; of a sweep of its own only the first point counts.</param>
    /// <param name="variant">One of its variants; null for the base.</param>
    /// <exception cref="NotPlannableException">It has no such host, or not both kinds of I/O on it.</exception>
    public static KeyslotScene Of(KeyslotPlan plan, Scenario scenario, Variant? variant)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scenario);
        KeyslotScene scene = new(plan, scenario, variant);
        return scene.Encrypted.Count == 0 ? throw Refusal(scene, "no job whose I/O it encrypts; give one a key: or keys:")
            : scene.Plain.Count == 0 ? throw Refusal(scene, "no job without a key, whose delay could be told")
            : scene;
    }

    /// <summary>What is run for a point: a slot that no key is left for is never used, so that more slots than keys are as many as keys.</summary>
    internal KeyslotPoint Effective(KeyslotPoint point) =>
        point.Keys is { } keys ? point with { Slots = Math.Min(point.Slots, keys * Encrypted.Count) } : point;

    /// <summary>Whether all encrypted I/O of a point is to the files of one job, whose popularity is known.</summary>
    internal bool HasPopularity(KeyslotPoint point) => point.Keys is not null && Encrypted.Count == 1;

    /// <summary>What a run of a point is built from.</summary>
    internal ResolvedRun At(KeyslotPoint point)
    {
        MachineOptions machine = _run.Machine;
        HardwareOptions hardware = machine.Hardware with { Devices = [.. machine.Hardware.Devices.Select(part => part.Name == Host ? part with { Options = HostAt((InlineCryptoHostOptions)part.Options, point) } : part)] };
        NamedPart<WorkloadOptions>[] workload = [.. machine.Workload.Select(part => part with { Options = part.Options is JobOptions job && job.Device == Host ? JobAt(job, point) : part.Options })];
        return _run with { Machine = machine with { Hardware = hardware, Workload = workload } };
    }

    private static InlineCryptoHostOptions HostAt(InlineCryptoHostOptions host, KeyslotPoint point) =>
        host with { Keyslots = point.Slots, NoKeyslot = KeyslotDesigns.Of(point.Design) };

    private JobOptions JobAt(JobOptions job, KeyslotPoint point)
    {
        JobOptions at = IsEncrypted(job) && point.Keys is { } keys
            ? job with { Key = null, Keys = new KeysOptions { Count = keys, Zipf = _plan.Zipf } }
            : job;
        return Yaml is not null && point.Mix is { } mix
            ? at with { RateIops = KeyslotSceneText.Iops(_plan, mix, !IsEncrypted(job)), Iodepth = KeyslotSceneText.Iodepth(_plan, mix, !IsEncrypted(job)) }
            : at;
    }

    private static bool IsEncrypted(JobOptions job) => job.Key is not null || job.Keys is not null;

    private string[] JobsOf(MachineOptions machine, Func<JobOptions, bool> isOne) =>
        [.. machine.Workload.Where(part => part.Options is JobOptions job && job.Device == Host && isOne(job)).Select(part => part.Name)];

    private static string HostOf(MachineOptions machine, string path)
    {
        string[] hosts = [.. machine.Hardware.Devices.Where(part => part.Options is InlineCryptoHostOptions).Select(part => part.Name)];
        return hosts.Length == 1 ? hosts[0]
            : throw new NotPlannableException($"{path}: a keyslot plan needs one host with keyslots, such as model: inline-crypto; {(hosts.Length == 0 ? "there is none" : "there are " + string.Join(", ", hosts))}");
    }

    private static NotPlannableException Refusal(KeyslotScene scene, string lacks) => new($"{scene.Scenario.Path}: {scene.Host} has {lacks}");
}

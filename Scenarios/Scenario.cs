using System.Security.Cryptography;
using System.Text;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios;

/// <summary>A scenario that was read and is valid: every variant at every point of its sweep gives a machine.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record Scenario
{
    /// <summary>The file as the user named it; empty for a text.</summary>
    public required string Path { get; init; }

    /// <summary>The keys beside the machine.</summary>
    public required ScenarioHeader Header { get; init; }

    /// <summary>The comment on top of the file, without its marks; lines separated by <c>\n</c>.</summary>
    public string Story { get; init; } = "";

    /// <summary>The machine before variants and sweep.</summary>
    public required MachineOptions Base { get; init; }

    /// <summary>Named differences in the order of the file; empty if there are none.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>What is swept.</summary>
    public Sweep Sweep { get; init; } = Sweep.None;

    /// <summary>Claims about variants.</summary>
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>Claims that compare variants.</summary>
    public IReadOnlyList<Claim> Between { get; init; } = [];

    /// <summary>What to explore; null if nothing is said.</summary>
    public ExploreRequest? Explore { get; init; }

    /// <summary>The bug of the kernel's history that it shows; null if it is no entry of the gallery.</summary>
    public GalleryEntry? Gallery { get; init; }

    /// <summary>What to report.</summary>
    public IReadOnlyList<ReportRequest> Reports { get; init; } = [];

    /// <summary><c>path=value</c> assignments of the command line that are already applied.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Name of the scenario.</summary>
    public string Name => Header.Scenario;

    /// <summary>One sentence that says what the scenario shows.</summary>
    public string About => Header.About;

    /// <summary>Id of the mail it comes from; null if there is none.</summary>
    public string? SourceMail => Header.Source?.Mail;

    /// <summary>Kernel files to read beside it.</summary>
    public IReadOnlyList<string> SourceCode => Header.Source?.Code ?? [];

    /// <summary>Seed before variants and sweep.</summary>
    public ulong Seed => Header.Seed;

    /// <summary>Replications at each point.</summary>
    public int Replicate => Header.Replicate;

    /// <summary>Warm-up before variants and sweep.</summary>
    public Duration Warmup => Header.Warmup;

    /// <summary>Watchdog before variants and sweep.</summary>
    public Duration TimeLimit => Header.TimeLimit;

    internal MapNode Root { get; init; } = MapNode.Empty;

    /// <summary>The machine of a variant at a point.</summary>
    /// <param name="variant">Null for the base.</param>
    /// <param name="point">One of <see cref="Sweep.Points"/>.</param>
    public MachineOptions Resolve(Variant? variant, SweepPoint point) => ResolveRun(variant, point).Machine;

    /// <summary>The machine of a variant at a point, with seed, warm-up and watchdog, which a variant may change too.</summary>
    /// <exception cref="ArgumentException">The variant or the point is not of this scenario.</exception>
    public ResolvedRun ResolveRun(Variant? variant, SweepPoint point)
    {
        ErrorList errors = new();
        ResolvedRun run = MachineBinder.Bind(Combination.Tree(Root, variant, point), errors);
        return errors.Any ? throw new ArgumentException($"not a variant or point of {Name}: {errors.Sorted()[0]}", nameof(variant)) : run;
    }

    /// <summary>The variant of a name; null if there is none.</summary>
    public Variant? FindVariant(string name) => Variants.FirstOrDefault(v => v.Name == name);

    /// <summary>The whole scenario as YAML with every default filled in: what a run record keeps and what can be run again.</summary>
    /// <param name="annotate">Says of each default where it comes from, in a comment.</param>
    public string ResolvedYaml(bool annotate = false) => ResolvedWriter.Write(Root, new ResolvedRun(Header, Base), annotate);

    /// <summary>A variant at a point as a scenario of its own, with every default filled in, without sweep, variants and claims.</summary>
    public string ResolvedYaml(Variant? variant, SweepPoint point, bool annotate = false) =>
        ResolvedWriter.WriteRun(Combination.Tree(Root, variant, point), ResolveRun(variant, point), annotate);

    /// <summary>SHA-256 of <see cref="ResolvedYaml(bool)"/>, lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ResolvedYaml())));
}

/// <summary>What one run is built from.</summary>
/// <param name="Header">Seed, warm-up and watchdog.</param>
/// <param name="Machine">The machine.</param>
public sealed record ResolvedRun(ScenarioHeader Header, MachineOptions Machine)
{
    /// <summary>Process and instant of the first steps, in order; empty if the run takes its ordinary course from the start.</summary>
    public IReadOnlyList<RealisedStep> Timing { get; init; } = [];
}

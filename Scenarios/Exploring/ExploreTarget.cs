using System.Security.Cryptography;
using System.Text;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>A variant at the size at which its schedules are explored: the first point of the sweep, with <c>explore.set</c> unless the full size is asked.</summary>
public sealed class ExploreTarget
{
    private readonly MapNode _tree;

    private ExploreTarget(Variant? variant, IReadOnlyList<string> assignments, MapNode tree, ResolvedRun run) =>
        (Variant, Assignments, _tree, Resolved) = (variant?.Name ?? "", assignments, tree, run);

    /// <summary>Name of the variant; empty for the base of a scenario without variants.</summary>
    public string Variant { get; }

    /// <summary>What makes it differ from the variant as the file has it, as <c>--set</c> would take it: <c>explore.set</c>, then the command line.</summary>
    public IReadOnlyList<string> Assignments { get; }

    /// <summary><see cref="Assignments"/> as one text, e.g. <c>writer.size=8KiB</c>; empty if there are none. A verdict names it.</summary>
    public string Size => string.Join(' ', Assignments);

    /// <summary>What the machine is built from.</summary>
    public ResolvedRun Resolved { get; }

    /// <summary>The variant at this size as a scenario of its own, with every default filled in.</summary>
    public string ResolvedYaml() => ResolvedWriter.WriteRun(_tree, Resolved, annotate: false);

    /// <summary>SHA-256 of <see cref="ResolvedYaml()"/>, lower-case hexadecimal: the same machine has the same, whatever the scenario claims about it.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ResolvedYaml())));

    /// <summary>The chosen variants in the order of the file.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="variants">Names of variants; empty for all.</param>
    /// <param name="fullSize">Leaves <c>explore.set</c> out.</param>
    /// <exception cref="ArgumentException">A variant does not exist.</exception>
    public static IReadOnlyList<ExploreTarget> Of(Scenario scenario, IReadOnlyList<string> variants, bool fullSize)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        IReadOnlyList<Setting> settings = fullSize ? [] : scenario.Explore?.Set ?? [];
        SweepPoint point = scenario.Sweep.Points()[0];
        return [.. RunPlan.Chosen(scenario, variants).Select(variant => At(scenario, variant, point, settings))];
    }

    private static ExploreTarget At(Scenario scenario, Variant? variant, SweepPoint point, IReadOnlyList<Setting> settings)
    {
        string[] assignments = [.. settings.Select(s => s.ToString()).Concat(scenario.Set).Distinct(StringComparer.Ordinal)];
        MapNode tree = Combination.Tree(scenario.Root, variant, point, settings);
        ErrorList errors = new();
        ResolvedRun run = MachineBinder.Bind(tree, errors);
        return errors.Any
            ? throw new ArgumentException($"explore.set does not fit {variant?.Name ?? scenario.Name}: {errors.Sorted()[0]}", nameof(scenario))
            : new ExploreTarget(variant, assignments, tree, run);
    }
}

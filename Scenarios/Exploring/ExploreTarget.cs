using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>A variant at the size at which its schedules are explored: the first point of the sweep, with <c>explore.set</c> unless the full size is asked.</summary>
public sealed class ExploreTarget
{
    private readonly MapNode _tree;

    private ExploreTarget(Variant? variant, string size, MapNode tree, ResolvedRun run) =>
        (Variant, Size, _tree, Resolved) = (variant?.Name ?? "", size, tree, run);

    /// <summary>Name of the variant; empty for the base of a scenario without variants.</summary>
    public string Variant { get; }

    /// <summary>What makes it differ from the scenario's own size, e.g. <c>writer.size=8KiB</c>; empty if nothing does. A verdict names it.</summary>
    public string Size { get; }

    /// <summary>What the machine is built from.</summary>
    public ResolvedRun Resolved { get; }

    /// <summary>The variant at this size as a scenario of its own, with every default filled in.</summary>
    public string ResolvedYaml() => ResolvedWriter.WriteRun(_tree, Resolved, annotate: false);

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
        string size = string.Join(' ', settings.Select(s => s.ToString()).Concat(scenario.Set).Distinct(StringComparer.Ordinal));
        return [.. RunPlan.Chosen(scenario, variants).Select(variant => At(scenario, variant, point, settings, size))];
    }

    private static ExploreTarget At(Scenario scenario, Variant? variant, SweepPoint point, IReadOnlyList<Setting> settings, string size)
    {
        MapNode tree = Combination.Tree(scenario.Root, variant, point, settings);
        ErrorList errors = new();
        ResolvedRun run = MachineBinder.Bind(tree, errors);
        return errors.Any
            ? throw new ArgumentException($"explore.set does not fit {variant?.Name ?? scenario.Name}: {errors.Sorted()[0]}", nameof(scenario))
            : new ExploreTarget(variant, size, tree, run);
    }
}

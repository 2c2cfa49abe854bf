using CryptoSim.Models.Caam;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Drivers;

/// <summary>Puts the drivers of an assembly in the place of the engine in one scene after the other, runs each, explores it, and says which rule of the contract breaks.</summary>
public sealed class DriverCheck
{
    private readonly DriverAssembly _drivers;
    private readonly IReadOnlyList<MapEntry> _set;
    private readonly ScenarioExplorerOptions _how;

    /// <summary>Prepares it.</summary>
    /// <param name="drivers">The drivers.</param>
    /// <param name="set">Keys of the driver, <c>key=value</c>.</param>
    /// <param name="how">Limits of each exploration.</param>
    /// <exception cref="DriverException">An assignment is none.</exception>
    public DriverCheck(DriverAssembly drivers, IReadOnlyList<string> set, ScenarioExplorerOptions how)
    {
        ArgumentNullException.ThrowIfNull(drivers);
        ArgumentNullException.ThrowIfNull(set);
        (_drivers, _how) = (drivers, how);
        _set = [.. set.Select(Assignment)];
    }

    /// <summary>Shows the drivers in all scenes that have a dm-crypt target or a single-request user.</summary>
    /// <param name="scenes">Where.</param>
    /// <param name="progress">Told the name of each scene before it begins.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<DriverScene> Run(IReadOnlyList<Scenario> scenes, Action<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        List<DriverScene> shown = [];
        foreach (OptionModel driver in _drivers.Models)
        {
            foreach (Scenario scene in scenes.Where(DriverPlacement.IsScene))
            {
                progress?.Invoke(scene.Name);
                shown.AddRange(Show(scene, driver, cancellation));
            }
        }

        return shown;
    }

    private List<DriverScene> Show(Scenario scene, OptionModel driver, CancellationToken cancellation)
    {
        ScenarioReadResult placed = DriverPlacement.Place(scene, driver, _set);
        if (placed.Scenario is not { } scenario)
        {
            return [new DriverScene { Scenario = scene.Name, Driver = driver.Word!, Problem = placed.Errors[0].Message }];
        }

        IEnumerable<string> variants = scenario.Variants.Count > 0 ? scenario.Variants.Select(variant => variant.Name) : [""];
        return [.. variants.Select(variant => Compared(scene, Show(scenario, variant, driver.Word!, cancellation), cancellation))];
    }

    /// <summary>What fails is shown with a correct ring in the place of the driver as well.</summary>
    private DriverScene Compared(Scenario scene, DriverScene shown, CancellationToken cancellation)
    {
        if (shown.Standing != ExploreStanding.Broken || DriverPlacement.Place(scene, Correct, CorrectKeys).Scenario is not { } control)
        {
            return shown;
        }

        DriverScene correct = Show(control, shown.Variant, Correct.Word!, cancellation);
        bool alike = (correct.Rule, correct.Run?.Ends, correct.Explored?.Found) == (shown.Rule, shown.Run?.Ends, shown.Explored?.Found);
        return shown with { FailsAnyway = alike };
    }

    /// <summary>The job ring with a backlog of its own.</summary>
    private static OptionModel Correct => OptionModel.Of(typeof(JobRingOptions));

    private static IReadOnlyList<MapEntry> CorrectKeys { get; } =
        [new(DriverPlacement.Text("when_full"), DriverPlacement.Text("backlog")), new(DriverPlacement.Text("front"), DriverPlacement.Text("none"))];

    private DriverScene Show(Scenario scenario, string variant, string word, CancellationToken cancellation)
    {
        string[] chosen = variant.Length > 0 ? [variant] : [];
        DriverScene scene = new() { Scenario = scenario.Name, Variant = variant, Driver = word };
        try
        {
            ExperimentResult runs = new Experiment(scenario, new ExperimentOptions { Variants = chosen }).Run(null, cancellation);
            scene = scene with { Run = runs.Runs[0].Record.End };
            if (scenario.Explore is not null)
            {
                ScenarioExplorer explorer = new(scenario, _how with { Variants = chosen });
                ExploredVariant explored = explorer.Run(cancellation: cancellation).Variants[0];
                scene = scene with { Explored = explored.Result, Yaml = explored.Result.Found is null ? null : explored.Target.ResolvedYaml() };
            }

            bool failsInRun = scene.Yaml is null && scene.Run.Ends != "completed";
            return failsInRun ? scene with { Yaml = scenario.ResolvedYaml(scenario.FindVariant(variant), SweepPoint.Origin) } : scene;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return scene with { Problem = e is NotExplorableException ? e.Message : SingleRun.ModelFailed(e) };
        }
    }

    private MapEntry Assignment(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        ErrorList errors = new();
        Mark mark = new("--set " + Printable.OneLine(Printable.Shorten(text)), 0, 0, ScenarioErrorKind.Usage);
        string key = equals > 0 ? text[..equals].Trim() : "";
        Node? value = equals > 0 ? YamlLoader.Load(text[(equals + 1)..], _ => mark, errors) : null;
        if (value is null || errors.Any)
        {
            throw new DriverException($"{mark.File}: is not an assignment; write --set KEY=VALUE with a key of the driver, for example --set depth=8", isUsage: true);
        }

        OptionKey[] known = [.. _drivers.Models.SelectMany(model => model.Keys)];
        OptionKey[] meant = [.. known.Where(option => option.Name == key)];
        if (meant.Length == 0)
        {
            throw new DriverException($"{mark.File}: the driver has no such key{Nearest.Hint(key, [.. known.Select(option => option.Name).Distinct()], "its keys")}", isUsage: true);
        }

        return meant.Any(option => DriverPlacement.Fits(option, value))
            ? new MapEntry(new ScalarNode(mark, key, Quoted: false), value)
            : throw new DriverException($"{mark.File}: {key} is {meant[0].Legal()}", isUsage: true);
    }
}

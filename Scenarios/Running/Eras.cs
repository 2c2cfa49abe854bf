using System.Reflection;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Running;

/// <summary>The kernel eras as a scenario meets them: which there are, and what of a scenario stays the same in all of them.</summary>
public static class Eras
{
    /// <summary>The words of <c>kernel:</c>, oldest first.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<KernelVersion>().Select(WordOf)];

    /// <summary>What a variant sets although its default would follow the era, the flags that older releases do not have, and the parts that follow none: a line each.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="variant">Null for the base of a scenario without variants.</param>
    public static IReadOnlyList<string> SetInAll(Scenario scenario, Variant? variant)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        MapNode tree = Combination.Tree(scenario.Root, variant, SweepPoint.Origin);
        List<string> found = [];
        if (tree.Find("hardware") is MapNode hardware)
        {
            AddSet("hardware", hardware, OptionModel.Of(typeof(HardwareOptions)), found);
        }

        foreach (Part part in new PartTable(tree).Parts)
        {
            if (part is { Model: not null, Map: not null })
            {
                AddSet(part.Name, part.Map, part.Model, found);
            }
        }

        return found;
    }

    private static void AddSet(string name, MapNode map, OptionModel model, List<string> found)
    {
        AddInner(name, map, model, found);
        bool isTold = false;
        foreach (OptionKey key in model.Keys)
        {
            if (key.Property.GetCustomAttribute<SinceKernelAttribute>() is { } since && Says(map, key.Name + "=true"))
            {
                found.Add($"{name}.{key.Name}, which came with {since.Version} ({since.Commit}): rows above it are that flag on older code");
            }

            if (key.Property.GetCustomAttribute<ByKernelAttribute>() is not { } follows)
            {
                continue;
            }

            if (follows.Needs is { } needs && !Says(map, needs))
            {
                found.AddRange(isTold ? [] : [$"{name} follows no release without {needs}"]);
                isTold = true;
            }
            else if (map.Find(key.Name) is { } value and not ScalarNode { IsNull: true })
            {
                found.Add($"{name}.{key.Name}={value.ToFlowText()}");
            }
        }
    }

    /// <summary>The same for the keys of which a part's key is made, such as clock_gating.</summary>
    private static void AddInner(string name, MapNode map, OptionModel model, List<string> found)
    {
        foreach (OptionKey key in model.Keys)
        {
            if (key.Kind is null && map.Find(key.Name) is MapNode inner)
            {
                AddSet($"{name}.{key.Name}", inner, key.Nested!, found);
            }
        }
    }

    private static bool Says(MapNode map, string assignment)
    {
        string[] sides = assignment.Split('=');
        return map.Find(sides[0]) is ScalarNode value && value.Text == sides[1];
    }

    private static string WordOf(KernelVersion version) =>
        typeof(KernelVersion).GetField(version.ToString())!.GetCustomAttribute<WordAttribute>()!.Word;
}

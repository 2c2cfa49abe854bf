using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Drivers;

/// <summary>Puts a driver in the place of the engines of a scenario: a scenario of its own, without what it claims.</summary>
/// <remarks>
/// A key of the engine that the driver has as well keeps its value, in the base, in the variants and in the size of an
/// exploration; variants that differ in nothing else any more count once. There, what the driver says that it is explored
/// with comes in (<see cref="Models.Options.ExploredAsAttribute"/>), and what the user sets comes last, everywhere.
/// </remarks>
internal sealed class DriverPlacement
{
    private static readonly string[] Claims = ["expect", "sweep", "report", "timing", "gallery"];

    private readonly Scenario _scenario;
    private readonly OptionModel _driver;
    private readonly IReadOnlyList<MapEntry> _set;
    private readonly HashSet<string> _engines;

    private DriverPlacement(Scenario scenario, OptionModel driver, IReadOnlyList<MapEntry> set)
    {
        (_scenario, _driver, _set) = (scenario, driver, set);
        _engines = [.. scenario.Base.Hardware.Devices.Where(part => part.Options is CryptoDeviceOptions).Select(part => part.Name).Where(IsUsed)];
    }

    /// <summary>True if requests of a dm-crypt target or of a single-request user go to an engine.</summary>
    public static bool IsScene(Scenario scenario) =>
        scenario.Base.Stack.Any(part => part.Options is DmCryptOptions) || scenario.Base.Workload.Any(part => part.Options is SingleRequestOptions);

    /// <summary>The scenario with the driver, or what is wrong with it.</summary>
    /// <param name="scenario">Where.</param>
    /// <param name="driver">The driver's options record.</param>
    /// <param name="set">Keys of the driver with values.</param>
    public static ScenarioReadResult Place(Scenario scenario, OptionModel driver, IReadOnlyList<MapEntry> set)
    {
        ErrorList errors = new();
        MapNode root = new DriverPlacement(scenario, driver, set).Tree();
        Scenario placed = ScenarioReader.Build(root, scenario.Path, scenario.Story, [], [], errors);
        return new ScenarioReadResult(errors.Any ? null : placed, errors.Sorted());
    }

    private bool IsUsed(string device) =>
        _scenario.Base.Stack.Any(part => part.Options is DmCryptOptions target && target.Engine == device)
        || _scenario.Base.Workload.Any(part => part.Options is SingleRequestOptions user && user.Engine == device)
        || _scenario.Variants.SelectMany(variant => variant.Settings).Any(setting => setting.Path.EndsWith(".engine", StringComparison.Ordinal) && setting.Text == device);

    private MapNode Tree()
    {
        MapNode root = _scenario.Root with { Entries = [.. _scenario.Root.Entries.Where(entry => !Claims.Contains(entry.Key.Text))] };
        MapNode hardware = (MapNode)root.Find("hardware")!;
        root = root.With("hardware", hardware with { Entries = [.. hardware.Entries.Select(Device)] });
        if (root.Find("variants") is MapNode variants)
        {
            root = root.With("variants", Distinct(variants with { Entries = [.. variants.Entries.Select(Variant)] }));
        }

        return root.Find(ExploreKeys.Block) is MapNode explore ? root.With(ExploreKeys.Block, explore.With(ExploreKeys.Set, Size(explore))) : root;
    }

    private MapEntry Device(MapEntry device)
    {
        if (!_engines.Contains(device.Key.Text) || device.Value is not MapNode keys)
        {
            return device;
        }

        MapNode driver = new(keys.Mark, [new MapEntry(Text("model"), Text(_driver.Word!)), .. keys.Entries.Where(Fits)]);
        foreach (MapEntry entry in _set)
        {
            driver = driver.With(entry.Key.Text, entry.Value);
        }

        return device with { Value = driver };
    }

    private MapEntry Variant(MapEntry variant) => variant.Value is MapNode settings
        ? variant with { Value = settings with { Entries = [.. settings.Entries.Where(IsOfUse)] } }
        : variant;

    /// <summary>False for what is said about an engine and is not the driver's, or is set by the user.</summary>
    private bool IsOfUse(MapEntry setting)
    {
        string path = setting.Key.Text.StartsWith("hardware.", StringComparison.Ordinal) ? setting.Key.Text["hardware.".Length..] : setting.Key.Text;
        string[] parts = path.Split('.', 3);
        return !_engines.Contains(parts[0])
            || (parts.Length > 1 && _set.All(entry => entry.Key.Text != parts[1])
                && (parts.Length > 2 ? _driver.TryFind(parts[1], out _) : Fits(new MapEntry(Text(parts[1]), setting.Value))));
    }

    private bool Fits(MapEntry entry) => _driver.TryFind(entry.Key.Text, out OptionKey? key) && Fits(key, entry.Value);

    /// <summary>True if a key of the driver can have a value.</summary>
    public static bool Fits(OptionKey key, Node value) => value switch
    {
        ScalarNode scalar => key.NamesPart is null && key.Kind?.TryRead(scalar.Text, out object? read, out _) == true && RecordBinder.Illegal(key, read!) is null,
        _ => key.Kind is null || key.IsList,
    };

    private MapNode Size(MapNode explore)
    {
        MapNode size = explore.Find(ExploreKeys.Set) as MapNode ?? MapNode.Empty;
        size = size with { Entries = [.. size.Entries.Where(IsOfUse)] };
        foreach (string engine in _engines.Order(StringComparer.Ordinal))
        {
            foreach (OptionKey key in _driver.Keys.Where(key => key.ExploredAs is not null && _set.All(entry => entry.Key.Text != key.Name)))
            {
                size = size.With($"{engine}.{key.Name}", Text(CountKind.Int.Print(key.ExploredAs!.Value)));
            }
        }

        return size;
    }

    private static MapNode Distinct(MapNode variants) =>
        variants with { Entries = [.. variants.Entries.DistinctBy(variant => variant.Value.ToFlowText())] };

    /// <summary>A key or a value that stands in no file.</summary>
    public static ScalarNode Text(string text) => new(Mark.Nowhere, text, Quoted: false);
}

using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Builds the header and the machine from a tree.</summary>
internal sealed class MachineBinder
{
    private readonly MapNode _root;
    private readonly ErrorList _errors;
    private readonly PartTable _parts;
    private readonly RecordBinder _records;
    private Duration? _hop;   // hardware.costs.hop; null if the scenario does not say what a hop costs

    private MachineBinder(MapNode root, ErrorList errors)
    {
        _root = root;
        _errors = errors;
        _parts = new PartTable(root);
        _records = new RecordBinder(errors, _parts);
    }

    /// <summary>Keys at the top of a scenario that are not the header's.</summary>
    public static IReadOnlyList<string> Blocks { get; } =
        [.. Section.All.Select(s => s.Key), GalleryReader.Block, "sweep", "variants", "timing", "expect", "explore", "report"];

    private static OptionKey Hop { get; } = OptionModel.Of(typeof(CostOptions)).Keys.Single(key => key.Name == CaseRules.Key(nameof(CostOptions.Hop)));

    /// <summary>What a run of this tree is built from; of use only if no error was added.</summary>
    public static ResolvedRun Bind(MapNode root, ErrorList errors)
    {
        MachineBinder binder = new(root, errors);
        ScenarioHeader header = binder.BindHeader();
        return new ResolvedRun(header, new MachineOptions
        {
            Kernel = header.Kernel,
            Hardware = binder.BindHardware(),
            Stack = binder.BindParts<StackOptions>(Section.Stack, required: false),
            Workload = binder.BindParts<WorkloadOptions>(Section.Workload, required: true),
        })
        {
            Timing = new TimingReader(errors).Read(root),
        };
    }

    /// <summary>False if the workload is a law, which brings what it runs on.</summary>
    private bool NeedsHardware => !_parts.Parts.Any(p => p.Section == Section.Workload && typeof(IBringsHardware).IsAssignableFrom(p.Model?.Type));

    private ScenarioHeader BindHeader()
    {
        ScenarioHeader header = (ScenarioHeader)_records.Bind(OptionModel.Of(typeof(ScenarioHeader)), _root, "", _root.Mark, Blocks);
        if (header.Scenario is { } name && NameRules.ProblemOfName(name) is { } problem)
        {
            _errors.Add(MarkOf("scenario"), $"scenario: {problem}");
        }

        if (header.TimeLimit.Picoseconds <= 0)
        {
            _errors.Add(MarkOf("time_limit"), "time_limit: is zero; no virtual time would pass");
        }
        else if (header.Warmup >= header.TimeLimit)
        {
            _errors.Add(MarkOf("warmup"), $"warmup: {header.Warmup.ToExactString()} does not end before time_limit, {header.TimeLimit.ToExactString()}; nothing would be measured");
        }

        return header;
    }

    private HardwareOptions BindHardware()
    {
        OptionModel own = Section.Hardware.Own!;
        if (FindMap(Section.Hardware, required: NeedsHardware) is not { } map)
        {
            return new HardwareOptions();
        }

        List<MapEntry> keys = [];
        foreach (MapEntry entry in map.Entries)
        {
            if (own.TryFind(entry.Key.Text, out _))
            {
                keys.Add(entry);
            }
            else if (entry.Value is not MapNode)
            {
                string[] known = [.. own.Keys.Select(k => k.Name)];
                string hint = Nearest.Find(entry.Key.Text, known) is { } near ? $"; did you mean '{near}'?" : $"; a device is written {entry.Key.Text}: {{ model: ... }}";
                _errors.Add(entry.Key.Mark, $"unknown key {Printable.Quote(entry.Key.Text)} in hardware{hint}");
            }
        }

        HardwareOptions hardware = (HardwareOptions)_records.Bind(own, map with { Entries = keys }, Section.Hardware.Key, map.Mark, []);
        _hop = hardware.Costs?.Hop;
        return hardware with { Devices = BindParts<DeviceOptions>(Section.Hardware, required: true) };
    }

    private List<NamedPart<T>> BindParts<T>(Section section, bool required)
        where T : class
    {
        List<NamedPart<T>> parts = [];
        if (FindMap(section, required && section != Section.Hardware) is null)
        {
            return parts;
        }

        foreach (Part part in _parts.Parts.Where(p => p.Section == section))
        {
            CheckName(part);
            if (CheckModel(part) is { } model)
            {
                object options = _records.Bind(model, part.Map!, part.Name, part.Key, ["model"]);
                TakeHop(model, part.Map!, options);
                parts.Add(new NamedPart<T>(part.Name, (T)options));
            }
        }

        return parts;
    }

    /// <summary>A key that is not given and whose default is that of a hop is the machine's hop.</summary>
    private void TakeHop(OptionModel model, MapNode map, object options)
    {
        if (_hop is not { } hop)
        {
            return;
        }

        string? origin = Hop.Origin;
        foreach (OptionKey key in model.Keys)
        {
            if (key.Origin == origin && key.Type == typeof(Duration) && map.Find(key.Name) is null)
            {
                key.Property.SetValue(options, hop);
            }
        }
    }

    private void CheckName(Part part)
    {
        if (NameRules.ProblemOfPart(part.Name) is { } problem)
        {
            _errors.Add(part.Key, problem);
        }
        else if (_parts.TryFind(part.Name, out Part? first) && !ReferenceEquals(first, part))
        {
            _errors.Add(part.Key, $"the name '{part.Name}' is taken by {first.Section.Noun} on line {first.Key.Line}; parts of hardware, stack and workload share their names");
        }
    }

    private OptionModel? CheckModel(Part part)
    {
        string[] words = [.. part.Section.Models.Select(m => m.Word!)];
        if (part.Map is null)
        {
            _errors.Add(part.Key, $"{part.Name} has no keys; {part.Section.Noun} is written {part.Name}: {{ model: {words[0]}, ... }}");
        }
        else if (part.Model is null && part.Map.Find("model") is not { } word)
        {
            _errors.Add(part.Key, $"{part.Name} lacks the key 'model'; the models are {string.Join(", ", words)}");
        }
        else if (part.Model is null)
        {
            word = part.Map.Find("model")!;
            string text = (word as ScalarNode)?.Text ?? "";
            _errors.Add(word.Mark, $"{part.Name}.model: {Printable.Quote(text)} is not a model of {part.Section.Noun}{Nearest.Hint(text, words, "the models")}");
        }

        return part.Map is null ? null : part.Model;
    }

    private MapNode? FindMap(Section section, bool required)
    {
        Node? node = _root.Find(section.Key);
        if (node is MapNode { Entries.Count: > 0 } map)
        {
            return map;
        }

        if (node is null && required)
        {
            _errors.Add(_root.Mark, $"the scenario lacks the key '{section.Key}'");
        }
        else if (node is not null)
        {
            _errors.Add(node.Mark, $"{section.Key} is {node.Noun}; it holds the names of its parts, each with its keys");
        }

        return null;
    }

    private Mark MarkOf(string key) => _root.Find(key)?.Mark ?? _root.Mark;
}

using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios;

/// <summary>Reads scenarios. Everything wrong with one is a value in the result; nothing is thrown for what a file or a command line can hold.</summary>
public static class ScenarioReader
{
    /// <summary>Most bytes of a scenario file.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">As the user named it; stands so in the errors.</param>
    /// <param name="set"><c>path=value</c> assignments, applied last.</param>
    /// <param name="variants">Names of variants that must exist; empty for all.</param>
    public static ScenarioReadResult Read(string path, IReadOnlyList<string>? set = null, IReadOnlyList<string>? variants = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ErrorList errors = new();
        string? text = FileText.Read(path, errors);
        return text is null ? new ScenarioReadResult(null, errors.Sorted()) : ReadText(text, path, set, variants);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">Stands in the errors as the file.</param>
    /// <param name="set"><c>path=value</c> assignments, applied last.</param>
    /// <param name="variants">Names of variants that must exist; empty for all.</param>
    public static ScenarioReadResult ReadText(string text, string name, IReadOnlyList<string>? set = null, IReadOnlyList<string>? variants = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        ErrorList errors = new();
        Scenario? scenario = Build(text, name, set ?? [], variants ?? [], errors);
        return new ScenarioReadResult(errors.Any ? null : scenario, errors.Sorted());
    }

    private static Scenario? Build(string text, string name, IReadOnlyList<string> set, IReadOnlyList<string> variants, ErrorList errors)
    {
        if (LoadRoot(text, new Mark(name, 0, 0, ScenarioErrorKind.Input), errors) is not { } file)
        {
            return null;
        }

        return Build(new SetArguments(errors).Apply(file, set), name, YamlSyntax.Story(text), set, variants, errors);
    }

    /// <summary>The scenario of a tree.</summary>
    /// <param name="root">The tree, assignments applied.</param>
    /// <param name="name">Stands in the errors as the file.</param>
    /// <param name="story">The comment on top of the file.</param>
    /// <param name="set">The assignments.</param>
    /// <param name="variants">Names of variants that must exist; empty for all.</param>
    /// <param name="errors">Where problems go; with any the scenario is of no use.</param>
    internal static Scenario Build(MapNode root, string name, string story, IReadOnlyList<string> set, IReadOnlyList<string> variants, ErrorList errors)
    {
        ResolvedRun plain = MachineBinder.Bind(root, errors);
        SettingsReader settings = new(root, errors);
        IReadOnlyList<Variant> known = settings.ReadVariants();
        Sweep sweep = settings.ReadSweep(known);
        Combination.CheckAll(root, known, sweep, errors);
        FindUnknown(variants, known, errors);
        ClaimContext context = new(root, known, sweep, errors);
        ExpectReader expect = ExpectReader.Read(context);
        return new Scenario
        {
            Path = name,
            Header = plain.Header,
            Story = story,
            Base = plain.Machine,
            Variants = known,
            Sweep = sweep,
            Expect = expect.Expectations,
            Between = expect.Between,
            Explore = ReadExplore(root, known, sweep, errors),
            Gallery = new GalleryReader(context).Read(expect.Expectations, expect.Between),
            Reports = new ReportReader(context).Read(),
            Set = set,
            Root = root,
        };
    }

    private static MapNode? LoadRoot(string text, Mark file, ErrorList errors)
    {
        text = text.StartsWith('\ufeff') ? text[1..] : text;
        if (text.Length > MaxBytes)
        {
            errors.Add(file, $"is larger than {MaxBytes >> 20} MiB, the most a scenario may be");
            return null;
        }

        YamlSyntax.FindTabs(text, file, errors);
        if (errors.Any)
        {
            return null;
        }

        Node? root = YamlLoader.Load(text, at => file with { Line = at.Line, Column = at.Column }, errors);
        if (errors.Any)
        {
            return root as MapNode;
        }

        if (root is null or ScalarNode { IsEmpty: true })
        {
            errors.Add(file, string.IsNullOrWhiteSpace(text) ? "is empty" : "holds no scenario, only comments");
        }
        else if (root is not MapNode)
        {
            errors.Add(root.Mark, $"{root.Noun} where a scenario begins with 'scenario: NAME'");
        }

        return root as MapNode;
    }

    private static void FindUnknown(IReadOnlyList<string> wanted, IReadOnlyList<Variant> known, ErrorList errors)
    {
        string[] names = [.. known.Select(v => v.Name)];
        foreach (string name in wanted.Where(w => !names.Contains(w, StringComparer.Ordinal)))
        {
            Mark mark = new("--variant " + Printable.OneLine(Printable.Shorten(name)), 0, 0, ScenarioErrorKind.Usage);
            errors.Add(mark, names.Length == 0 ? "the scenario has no variants" : "no such variant" + Nearest.Hint(name, names, "the variants"));
        }
    }

    private static ExploreRequest? ReadExplore(MapNode root, IReadOnlyList<Variant> variants, Sweep sweep, ErrorList errors)
    {
        switch (root.Find(ExploreKeys.Block))
        {
            case null:
                return null;
            case MapNode map:
                var request = (ExploreRequest)new RecordBinder(errors, new PartTable(root))
                    .Bind(OptionModel.Of(typeof(ExploreRequest)), map, ExploreKeys.Block, map.Mark, [ExploreKeys.Set]);
                IReadOnlyList<Setting> size = map.Find(ExploreKeys.Set) is { } set ? new SettingsReader(root, errors).ReadExploreSet(set) : [];
                Combination.CheckSize(root, variants, sweep, size, errors);
                return request with { Set = size };
            case Node other:
                errors.Add(other.Mark, $"explore is {other.Noun}; it holds the size and the limits of an exploration, for example {{ set: {{ writer.size: 8KiB }} }}");
                return null;
        }
    }
}

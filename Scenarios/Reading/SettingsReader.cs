namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>variants:</c> and <c>sweep:</c>: dotted paths with values.</summary>
internal sealed class SettingsReader(MapNode root, ErrorList errors)
{
    private const int MostCombinations = 10_000;

    public IReadOnlyList<Variant> ReadVariants()
    {
        List<Variant> variants = [];
        foreach (MapEntry entry in Entries("variants", "names, each with dotted paths and values"))
        {
            string name = entry.Key.Text;
            string? problem = name is Expectation.Every or "between"
                ? $"'{name}' cannot name a variant: the word has a meaning in expect"
                : NameRules.ProblemOfName(name);
            if (problem is not null)
            {
                errors.Add(entry.Key.Mark, problem);
            }

            variants.Add(new Variant(name, ReadSettings(entry)));
        }

        return variants;
    }

    public Sweep ReadSweep(IReadOnlyList<Variant> variants)
    {
        List<SweepAxis> axes = [];
        long combinations = 1;
        foreach (MapEntry entry in Entries("sweep", "dotted paths, each with a list of values"))
        {
            if (entry.Value is not ListNode { Items.Count: > 0 } list)
            {
                errors.Add(entry.Value.Mark, $"the sweep of {entry.Key.Text} is {entry.Value.Noun}; it is a list of values, for example [1, 2, 4]");
            }
            else if (IsPath(entry.Key))
            {
                axes.Add(new SweepAxis(entry.Key.Text, [.. list.Items.Select(item => new Setting(entry.Key.Text, item))]));
                combinations = Math.Min(combinations * list.Items.Count, int.MaxValue);
                CheckTwice(axes[^1]);
            }
        }

        CheckOverlap(variants, axes);
        if (combinations * Math.Max(1, variants.Count) <= MostCombinations)
        {
            return axes.Count == 0 ? Sweep.None : new Sweep(axes);
        }

        errors.Add(root.Find("sweep")!.Mark, $"sweep gives more than {MostCombinations} combinations of values and variants");
        return Sweep.None;
    }

    /// <summary>The paths of <c>explore.set</c>, which are written as in a variant.</summary>
    public IReadOnlyList<Setting> ReadExploreSet(Node node)
    {
        if (node is MapNode map)
        {
            return ReadPaths(map);
        }

        errors.Add(node.Mark, $"explore.set is {node.Noun}; it holds dotted paths and values, for example {{ writer.size: 8KiB }}");
        return [];
    }

    private List<Setting> ReadSettings(MapEntry variant)
    {
        if (variant.Value is MapNode map)
        {
            return ReadPaths(map);
        }

        bool nothing = variant.Value is ScalarNode { IsEmpty: true };
        errors.Add(variant.Value.Mark, $"the variant {variant.Key.Text} is {variant.Value.Noun}; it holds dotted paths and values{(nothing ? "; write {} for the base itself" : "")}");
        return [];
    }

    private List<Setting> ReadPaths(MapNode map)
    {
        List<Setting> settings = [];
        foreach (MapEntry entry in map.Entries.Where(e => IsPath(e.Key)))
        {
            if (entry.Value is ScalarNode { IsEmpty: true })
            {
                errors.Add(entry.Key.Mark, $"{entry.Key.Text} has no value");
            }
            else
            {
                settings.Add(new Setting(entry.Key.Text, entry.Value));
            }
        }

        return settings;
    }

    private void CheckTwice(SweepAxis axis)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (Setting value in axis.Values.Where(v => !seen.Add(v.Text)))
        {
            errors.Add(value.Node.Mark, $"{Printable.Quote(value.Text)} stands twice in the sweep of {axis.Path}");
        }
    }

    private void CheckOverlap(IReadOnlyList<Variant> variants, List<SweepAxis> axes)
    {
        foreach (Variant variant in variants)
        {
            foreach (Setting setting in variant.Settings.Where(s => axes.Any(a => Covers(a.Path, s.Path))))
            {
                errors.Add(setting.Node.Mark, $"{setting.Path} is also swept; the variant {variant.Name} would have no effect there");
            }
        }
    }

    private static bool Covers(string outer, string inner) =>
        inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private bool IsPath(ScalarNode key)
    {
        bool ok = KeyPath.TryResolve(root, key.Text, isCommandLine: false, out _, out string? problem);
        if (!ok)
        {
            errors.Add(key.Mark, problem!);
        }

        return ok;
    }

    private IReadOnlyList<MapEntry> Entries(string block, string content)
    {
        switch (root.Find(block))
        {
            case null:
                return [];
            case MapNode map:
                return map.Entries;
            case Node other:
                errors.Add(other.Mark, $"{block} is {other.Noun}; it holds {content}");
                return [];
        }
    }
}

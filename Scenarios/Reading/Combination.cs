using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>A variant at a sweep point: the tree it gives, and what is wrong with it.</summary>
internal static class Combination
{
    /// <summary>The tree of a variant at a point.</summary>
    public static MapNode Tree(MapNode root, Variant? variant, SweepPoint point)
    {
        foreach (Setting setting in variant?.Settings ?? [])
        {
            root = Apply(root, setting);
        }

        foreach (Setting setting in point.Settings)
        {
            root = Apply(root, setting);
        }

        return root;
    }

    /// <summary>The tree of a variant at the size at which its schedules are explored.</summary>
    public static MapNode Tree(MapNode root, Variant? variant, SweepPoint point, IReadOnlyList<Setting> size)
    {
        root = Tree(root, variant, point);
        foreach (Setting setting in size)
        {
            root = Apply(root, setting);
        }

        return root;
    }

    /// <summary>Reports everything wrong with any variant at any point.</summary>
    public static void CheckAll(MapNode root, IReadOnlyList<Variant> variants, Sweep sweep, ErrorList errors)
    {
        IReadOnlyList<SweepPoint> points = sweep.Points();
        foreach (Variant? variant in Cases(variants))
        {
            foreach (SweepPoint point in points)
            {
                Check(Tree(root, variant, point), errors);
                if (errors.Count > ErrorList.Shown * 4)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Reports everything wrong with any variant at the size at which its schedules are explored.</summary>
    public static void CheckSize(MapNode root, IReadOnlyList<Variant> variants, Sweep sweep, IReadOnlyList<Setting> size, ErrorList errors)
    {
        if (size.Count == 0 || errors.Any)
        {
            return;
        }

        foreach (Variant? variant in Cases(variants))
        {
            Check(Tree(root, variant, sweep.Points()[0], size), errors);
        }
    }

    private static IEnumerable<Variant?> Cases(IReadOnlyList<Variant> variants) => variants.Count == 0 ? Enumerable.Repeat<Variant?>(null, 1) : variants;

    private static void Check(MapNode tree, ErrorList errors)
    {
        int before = errors.Count;
        ErrorList found = new();
        ResolvedRun run = MachineBinder.Bind(tree, found);
        foreach (ScenarioError error in found.Sorted())
        {
            errors.Add(new Mark(error.File, error.Line, error.Column, error.Kind), error.Message);
        }

        if (found.Any || errors.Count > before)
        {
            return;
        }

        foreach (OptionProblem problem in MachineValidator.Validate(run.Machine))
        {
            errors.Add(Place(tree, problem.Path), $"{problem.Path} {problem.Message}");
        }
    }

    private static MapNode Apply(MapNode root, Setting setting) =>
        KeyPath.TryResolve(root, setting.Path, isCommandLine: true, out string[]? location, out _) ? NodeTree.Set(root, location, setting.Node) : root;

    private static Mark Place(MapNode tree, string path)
    {
        string[] keys = path.Split('.');
        PartTable parts = new(tree);
        if (!parts.TryFind(keys[0], out Part? part))
        {
            return NodeTree.Deepest(tree, keys).Mark;
        }

        Node at = NodeTree.Deepest(tree, [part.Section.Key, .. keys]);
        return ReferenceEquals(at, part.Map) ? part.Key : at.Mark;
    }
}

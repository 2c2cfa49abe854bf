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

    /// <summary>Reports everything wrong with any variant at any point.</summary>
    public static void CheckAll(MapNode root, IReadOnlyList<Variant> variants, Sweep sweep, ErrorList errors)
    {
        IReadOnlyList<SweepPoint> points = sweep.Points();
        int cases = Math.Max(1, variants.Count);
        for (int i = 0; i < cases; i++)
        {
            foreach (SweepPoint point in points)
            {
                Check(root, variants.Count == 0 ? null : variants[i], point, errors);
                if (errors.Count > ErrorList.Shown * 4)
                {
                    return;
                }
            }
        }
    }

    private static void Check(MapNode root, Variant? variant, SweepPoint point, ErrorList errors)
    {
        MapNode tree = Tree(root, variant, point);
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

namespace CryptoSim.Scenarios.Reading;

/// <summary>Writes the <c>--set path=value</c> assignments of the command line into a tree: over the base, over every variant, over the size of an exploration, and over a sweep of the same path.</summary>
internal sealed class SetArguments(ErrorList errors)
{
    /// <summary>The tree with all assignments.</summary>
    public MapNode Apply(MapNode root, IReadOnlyList<string> assignments)
    {
        foreach (string assignment in assignments)
        {
            root = Apply(root, assignment);
        }

        return root;
    }

    private MapNode Apply(MapNode root, string assignment)
    {
        Mark mark = new("--set " + Printable.OneLine(Printable.Shorten(assignment)), 0, 0, ScenarioErrorKind.Usage);
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == assignment.Length - 1)
        {
            errors.Add(mark, "is not an assignment; write --set path=value, for example --set jr0.depth=8");
            return root;
        }

        string path = assignment[..equals].Trim();
        int before = errors.Count;
        if (!KeyPath.TryResolve(root, path, isCommandLine: true, out string[]? location, out string? problem))
        {
            errors.Add(mark, problem);
            return root;
        }

        Node? value = YamlLoader.Load(assignment[(equals + 1)..], _ => mark, errors);
        if (value is null || errors.Count > before)
        {
            return root;
        }

        return Write(root, path, location, value);
    }

    private static MapNode Write(MapNode root, string path, string[] location, Node value)
    {
        if (root.Find("sweep") is MapNode sweep && sweep.Find(path) is not null)
        {
            ListNode axis = value as ListNode ?? new ListNode(value.Mark, [value]);
            return WriteExplore(NarrowedSweep.Prune(root.With("sweep", sweep.With(path, axis)), path, axis), path, axis.Items.Count > 0 ? axis.Items[0] : value);
        }

        return WriteExplore(WriteVariants(NodeTree.Set(root, location, value), path, value), path, value);
    }

    /// <summary>The size of an exploration comes after the variant, and an assignment after both.</summary>
    private static MapNode WriteExplore(MapNode root, string path, Node value) =>
        root.Find(ExploreKeys.Block) is MapNode explore && explore.Find(ExploreKeys.Set) is MapNode settings
            ? root.With(ExploreKeys.Block, explore.With(ExploreKeys.Set, Replace(settings, path, value)))
            : root;

    /// <summary>An assignment comes last: it replaces what a variant says about the path and what is below it, and follows what a variant says about a part as a whole.</summary>
    private static MapNode WriteVariants(MapNode root, string path, Node value)
    {
        if (root.Find("variants") is not MapNode variants)
        {
            return root;
        }

        foreach (MapEntry variant in variants.Entries)
        {
            if (variant.Value is MapNode settings)
            {
                variants = variants.With(variant.Key.Text, Replace(settings, path, value));
            }
        }

        return root.With("variants", variants);
    }

    private static MapNode Replace(MapNode settings, string path, Node value)
    {
        bool Below(string key) => key == path || key.StartsWith(path + ".", StringComparison.Ordinal);
        bool above = settings.Entries.Any(e => path.StartsWith(e.Key.Text + ".", StringComparison.Ordinal));
        MapNode kept = settings with { Entries = [.. settings.Entries.Where(e => !Below(e.Key.Text))] };
        return above ? kept.With(path, value) : kept;
    }
}

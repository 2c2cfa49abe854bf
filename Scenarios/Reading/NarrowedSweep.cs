namespace CryptoSim.Scenarios.Reading;

/// <summary>Leaves out the claims and reports about points that an assignment took from the sweep.</summary>
internal static class NarrowedSweep
{
    /// <summary>The tree without list items whose <c>at:</c> asks for a value that <paramref name="axis"/> no longer has.</summary>
    public static MapNode Prune(MapNode root, string path, ListNode axis)
    {
        HashSet<string> values = [.. axis.Items.Select(i => i.ToFlowText())];
        foreach (string block in new[] { "expect", "report" })
        {
            if (root.Find(block) is { } node)
            {
                root = root.With(block, Prune(node, path, values));
            }
        }

        return root;
    }

    private static Node Prune(Node node, string path, HashSet<string> values) => node switch
    {
        MapNode map => map with { Entries = [.. map.Entries.Select(e => e with { Value = Prune(e.Value, path, values) })] },
        ListNode list => list with { Items = [.. list.Items.Where(i => IsKept(i, path, values))] },
        _ => node,
    };

    private static bool IsKept(Node item, string path, HashSet<string> values)
    {
        if (item is not MapNode map)
        {
            return true;
        }

        // A claim holds its at: itself, a report below its name.
        MapNode? at = map.Find("at") as MapNode ?? (map.Entries is [{ Value: MapNode arguments }] ? arguments.Find("at") as MapNode : null);
        return at?.Find(path) is not { } value || values.Contains(value.ToFlowText());
    }
}

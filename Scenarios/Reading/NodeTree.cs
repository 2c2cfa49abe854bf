namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads and replaces values deep in a tree; a replaced tree shares everything else with the old one.</summary>
internal static class NodeTree
{
    /// <summary>A tree in which the value at a location is new; maps on the way there are made.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="location">Keys from the root down, at least one.</param>
    /// <param name="value">The new value.</param>
    public static MapNode Set(MapNode root, ReadOnlySpan<string> location, Node value)
    {
        if (location.Length == 1)
        {
            return root.With(location[0], value);
        }

        MapNode below = root.Find(location[0]) as MapNode ?? new MapNode(value.Mark, []);
        return root.With(location[0], Set(below, location[1..], value));
    }

    /// <summary>The deepest node on the way to a location that stands in the tree.</summary>
    public static Node Deepest(MapNode root, ReadOnlySpan<string> location)
    {
        Node at = root;
        foreach (string key in location)
        {
            if ((at as MapNode)?.Find(key) is not { } below)
            {
                return at;
            }

            at = below;
        }

        return at;
    }
}

namespace CryptoSim.Scenarios.Reading;

/// <summary>What the claims and reports of a scenario may refer to.</summary>
internal sealed class ClaimContext(MapNode root, IReadOnlyList<Variant> variants, Sweep sweep, ErrorList errors)
{
    public MapNode Root => root;

    public ErrorList Errors => errors;

    public PartTable Parts { get; } = new(root);

    public IReadOnlyList<string> Variants { get; } = [.. variants.Select(v => v.Name)];

    /// <summary>Reads the sweep coordinates of an <c>at:</c> block; reports paths that are not swept and values that do not occur.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ReadAt(Node? at)
    {
        List<KeyValuePair<string, string>> coordinates = [];
        if (at is null)
        {
            return coordinates;
        }

        if (at is not MapNode map)
        {
            errors.Add(at.Mark, $"at is {at.Noun}; it holds swept paths with one value each");
            return coordinates;
        }

        foreach (MapEntry entry in map.Entries)
        {
            string path = entry.Key.Text;
            string value = entry.Value.ToFlowText();
            if (sweep.Axes.FirstOrDefault(a => a.Path == path) is not { } axis)
            {
                string[] swept = [.. sweep.Axes.Select(a => a.Path)];
                errors.Add(entry.Key.Mark, $"at: {Printable.Quote(path)} is not swept" + (swept.Length == 0 ? "; nothing is" : Nearest.Hint(path, swept, "the swept paths")));
            }
            else if (!axis.Values.Any(v => v.Text == value))
            {
                errors.Add(entry.Value.Mark, $"at: {path} is never {Printable.Quote(value)}; its values are {Nearest.Join([.. axis.Values.Select(v => v.Text)])}");
            }

            coordinates.Add(KeyValuePair.Create(path, value));
        }

        return coordinates;
    }
}

using System.Diagnostics.CodeAnalysis;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>A named part as it stands in the tree.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Where the name stands.</param>
/// <param name="Section">Where the part stands.</param>
/// <param name="Model">What it is; null if it does not say so legibly.</param>
/// <param name="Map">Its keys; null if it has none.</param>
internal sealed record Part(string Name, Mark Key, Section Section, OptionModel? Model, MapNode? Map);

/// <summary>All named parts of a tree.</summary>
internal sealed class PartTable
{
    private readonly Dictionary<string, Part> _byName = new(StringComparer.Ordinal);
    private readonly List<Part> _inOrder = [];

    /// <summary>Finds the parts; of two with the same name the first counts.</summary>
    public PartTable(MapNode root)
    {
        foreach (Section section in Section.All)
        {
            if (root.Find(section.Key) is MapNode parts)
            {
                AddAll(section, parts);
            }
        }
    }

    /// <summary>Hardware, then stack, then workload, in the order of the file.</summary>
    public IReadOnlyList<Part> Parts => _inOrder;

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public bool TryFind(string name, [NotNullWhen(true)] out Part? part) => _byName.TryGetValue(name, out part);

    /// <summary>The word after <c>model:</c>, or the section's default; null if there is none.</summary>
    public static string? Word(Section section, MapNode? map) => map?.Find("model") switch
    {
        null => section.DefaultModel,
        ScalarNode { IsEmpty: false } word => word.Text,
        _ => null,
    };

    private void AddAll(Section section, MapNode parts)
    {
        foreach (MapEntry entry in parts.Entries)
        {
            if (section.Own is not null && (section.Own.TryFind(entry.Key.Text, out _) || entry.Value is not MapNode))
            {
                continue;
            }

            MapNode? map = entry.Value as MapNode;
            string? word = Word(section, map);
            Part part = new(entry.Key.Text, entry.Key.Mark, section, word is null ? null : section.FindModel(word), map);
            _inOrder.Add(part);
            _byName.TryAdd(part.Name, part);
        }
    }
}

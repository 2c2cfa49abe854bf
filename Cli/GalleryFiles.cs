using CryptoSim.Scenarios;

namespace CryptoSim.Cli;

/// <summary>Reads the entries of the gallery.</summary>
internal static class GalleryFiles
{
    /// <summary>All entries by their numbers.</summary>
    /// <exception cref="InputException">There is no gallery, or a scenario of it is not a valid entry.</exception>
    public static IReadOnlyList<Scenario> All()
    {
        ScenarioReadResult[] read = ReadAll();
        Demand(read);
        Scenario[] entries = [.. read.Select(one => one.Scenario!).OrderBy(entry => entry.Gallery?.Order)];
        if (Array.Find(entries, entry => entry.Gallery is null) is { } other)
        {
            throw new InputException($"{other.Path}: lacks the block 'gallery', which says what bug it shows");
        }

        Scenario[]? twice = entries.GroupBy(entry => entry.Gallery!.Id).Select(same => same.ToArray()).FirstOrDefault(same => same.Length > 1);
        return twice is null ? entries : throw new InputException($"{twice[1].Path}: gallery.id {twice[1].Gallery!.Id} is taken by {twice[0].Path}");
    }

    /// <summary>The entry of a number, written <c>B03</c>, <c>b03</c> or <c>DM-B03</c>, or of a name. What is wrong with others does not matter.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="InputException">There is no gallery, or none of its valid entries is meant and others are not valid.</exception>
    public static Scenario Find(string id)
    {
        ScenarioReadResult[] read = ReadAll();
        Scenario[] entries = [.. read.Select(one => one.Scenario).OfType<Scenario>().Where(entry => entry.Gallery is not null).OrderBy(entry => entry.Gallery!.Order)];
        Scenario? found = entries.FirstOrDefault(entry => Names(entry).Contains(id, StringComparer.OrdinalIgnoreCase))
            ?? entries.FirstOrDefault(entry => Numbers(entry.Gallery!.Also).Contains(id, StringComparer.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        Demand(read);
        string? near = Nearest.To(id.ToUpperInvariant(), entries.Select(entry => entry.Gallery!.Id)) ?? Nearest.To(id, entries.Select(entry => entry.Name));
        string hint = near is null ? "; there are: " + string.Join(", ", entries.Select(entry => entry.Gallery!.Id)) : $"; did you mean '{near}'?";
        throw new UsageException($"gallery {id}: no such entry{hint}");
    }

    private static ScenarioReadResult[] ReadAll()
    {
        string gallery = ScenarioFiles.Gallery()
            ?? throw new InputException("cryptosim: no directory Scenarios/Gallery here or above; run this inside the CryptoSim repository");
        return [.. ScenarioFiles.FilesOf(gallery).Select(file => ScenarioReader.Read(Path.GetRelativePath(Environment.CurrentDirectory, file)))];
    }

    private static void Demand(IEnumerable<ScenarioReadResult> read)
    {
        if (read.SelectMany(one => one.Errors).ToList() is { Count: > 0 } errors)
        {
            throw ScenarioFiles.Refusal(errors);
        }
    }

    private static IEnumerable<string> Names(Scenario entry) => [.. Numbers([entry.Gallery!.Id]), entry.Name, entry.Path];

    private static IEnumerable<string> Numbers(IEnumerable<string> ids) => ids.SelectMany(id => (string[])[id, GalleryEntry.RuleOf(id)]);
}

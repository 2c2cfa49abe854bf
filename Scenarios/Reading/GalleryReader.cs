using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>gallery:</c>, and asks of the claims that they tell the mended variant from the other.</summary>
internal sealed class GalleryReader(ClaimContext context)
{
    /// <summary>The key of the block.</summary>
    public const string Block = "gallery";

    private const int Digits = 12;

    /// <summary>The entry; null if the scenario is none.</summary>
    /// <param name="expectations">What the scenario claims about variants.</param>
    /// <param name="between">What it claims between them.</param>
    public GalleryEntry? Read(IReadOnlyList<Expectation> expectations, IReadOnlyList<Claim> between)
    {
        switch (context.Root.Find(Block))
        {
            case null:
                return null;
            case MapNode map:
                var entry = (GalleryEntry)new RecordBinder(context.Errors, context.Parts).Bind(OptionModel.Of(typeof(GalleryEntry)), map, Block, map.Mark, []);
                CheckIds(map, entry);
                CheckCommit(map, "cause", entry.Cause);
                CheckCommit(map, "fix", entry.Fix);
                CheckVariants(map, entry, expectations, between);
                return entry;
            case Node other:
                context.Errors.Add(other.Mark, $"gallery is {other.Noun}; it tells of a bug, for example {{ id: B01, title: ..., symptom: ..., trigger: ... }}");
                return null;
        }
    }

    private void CheckIds(MapNode map, GalleryEntry entry)
    {
        foreach ((string id, Node? node) in ((string, Node?)[])[(entry.Id, map.Find("id")), .. entry.Also.Select(also => (also, map.Find("also")))])
        {
            if (id is not null && node is not null && !IsId(id))
            {
                context.Errors.Add(node.Mark, $"{Block}: {Printable.Quote(id)} is not the number of a bug: write B and two digits as in DM-B01, E and a digit as in ME-E1, K and two digits as in KS-G01, A and two digits as in AA-G01, or S and a number as in DM-S3");
            }
        }
    }

    private static bool IsId(string id) => id.Length is 2 or 3 && id[1..].All(char.IsAsciiDigit) && id[0] switch
    {
        'A' or 'B' or 'K' => id.Length == 3,
        'E' => id.Length == 2,
        'S' => id[1] != '0',
        _ => false,
    };

    private void CheckCommit(MapNode map, string key, string? commit)
    {
        if (commit is not null && (commit.Length != Digits || !commit.All(char.IsAsciiHexDigitLower)))
        {
            context.Errors.Add(map.Find(key)!.Mark, $"{Block}.{key}: {Printable.Quote(commit)} is not a commit: write its first {Digits} hexadecimal digits");
        }
    }

    private void CheckVariants(MapNode map, GalleryEntry entry, IReadOnlyList<Expectation> expectations, IReadOnlyList<Claim> between)
    {
        foreach ((string key, string variant) in ((string, string)[])[("buggy", entry.Buggy), ("fixed", entry.Fixed)])
        {
            if (!context.Variants.Contains(variant))
            {
                context.Errors.Add((map.Find(key) ?? map).Mark, $"{Block}.{key}: there is no variant {Printable.Quote(variant)}{Nearest.Hint(variant, [.. context.Variants], "the variants")}");
            }
        }

        if (entry.Buggy == entry.Fixed)
        {
            context.Errors.Add((map.Find("fixed") ?? map).Mark, $"{Block}.fixed is the buggy variant itself");
        }
        else if (!IsTold(entry.Fixed, expectations, between))
        {
            context.Errors.Add((map.Find("fixed") ?? map).Mark, $"{Block}.fixed: expect says nothing that tells '{entry.Fixed}' from the bug; claim explore: proved, or a metric in holds or between");
        }
    }

    /// <summary>Whether the mended variant is claimed to be proved, or has a metric that is claimed.</summary>
    private static bool IsTold(string variant, IReadOnlyList<Expectation> expectations, IReadOnlyList<Claim> between) =>
        expectations.Any(e => (e.Variant == variant || e.Variant == Expectation.Every) && (e.Explore == ExploreVerdict.Proved || (e.Holds.Count > 0 && e.Variant == variant)))
        || between.Any(claim => claim.Variants.Contains(variant));
}

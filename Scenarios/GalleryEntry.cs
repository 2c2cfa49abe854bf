using System.Globalization;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios;

/// <summary>The <c>gallery:</c> block: a bug of the kernel's history that the scenario shows, in one variant that has it and one that is mended. A run does not use it.</summary>
public sealed record GalleryEntry
{
    /// <summary>Number of the bug as docs/rules.md has it: `B01` is DM-B01, `S3` is DM-S3, `E1` is ME-E1, `K01` is KS-G01, `A01` is AA-G01.</summary>
    public required string Id { get; init; }

    /// <summary>Further numbers under which the same bug is known.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The bug in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What a user sees of it.</summary>
    public required string Symptom { get; init; }

    /// <summary>What has to come together for it.</summary>
    public required string Trigger { get; init; }

    /// <summary>The releases that have it, in words.</summary>
    public string? Kernel { get; init; }

    /// <summary>The commit that brought it: its first 12 digits.</summary>
    public string? Cause { get; init; }

    /// <summary>The commit that mended it: its first 12 digits.</summary>
    public string? Fix { get; init; }

    /// <summary>The variant that has it.</summary>
    [DefaultFrom("the variant of that name")]
    public string Buggy { get; init; } = "buggy";

    /// <summary>The variant that is mended.</summary>
    [DefaultFrom("the variant of that name")]
    public string Fixed { get; init; } = "fixed";

    /// <summary>Its rule in docs/rules.md: <c>DM-B01</c>.</summary>
    public string Rule => RuleOf(Id);

    /// <summary>Where it stands among the others: by letter, then by number.</summary>
    public int Order => (Id[0] * 1000) + int.Parse(Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The rule of a number: those of published failures begin with E, those of keyslots with K, those of AF_ALG with A, all others are dm-crypt's.</summary>
    public static string RuleOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id[0] switch
        {
            'E' => "ME-" + id,
            'K' => "KS-G" + id[1..],
            'A' => "AA-G" + id[1..],
            _ => "DM-" + id,
        };
    }
}

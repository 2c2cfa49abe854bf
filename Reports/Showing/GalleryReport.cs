using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Showing;

/// <summary>What <c>cryptosim gallery</c> showed: the input of its page.</summary>
public sealed record GalleryReport
{
    /// <summary>Version of CryptoSim that showed it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The command that shows it again, as a user would type it; empty if not known.</summary>
    public string Command { get; init; } = "";

    /// <summary>Name of the program as the user typed it, for the commands that are printed.</summary>
    public string Program { get; init; } = "cryptosim";

    /// <summary>The entries in the order of the page.</summary>
    public required IReadOnlyList<ReportedEntry> Entries { get; init; }
}

/// <summary>One bug: what it was, and what running and exploring it with and without its fix showed.</summary>
public sealed record ReportedEntry
{
    /// <summary>Its number: <c>B03</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The rules that tell of it, its own first: <c>DM-B03</c>.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The bug in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What a user sees of it.</summary>
    public required string Symptom { get; init; }

    /// <summary>What has to come together for it.</summary>
    public required string Trigger { get; init; }

    /// <summary>The releases that have it; empty if not told.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Commits or mail.</summary>
    public required string Source { get; init; }

    /// <summary>The scenario file as the user would name it.</summary>
    public string Path { get; init; } = "";

    /// <summary>The story; paragraphs are separated by an empty line.</summary>
    public string Story { get; init; } = "";

    /// <summary>The variant that has the bug.</summary>
    public required ReportedSide Buggy { get; init; }

    /// <summary>The variant that is mended.</summary>
    public required ReportedSide Fixed { get; init; }

    /// <summary>Whether the mended variant is proved; null where a metric is claimed of it instead.</summary>
    public bool? Proved { get; init; }

    /// <summary>Every claim holds.</summary>
    public bool AsExpected { get; init; }

    /// <summary>All claims about runs and schedules.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; init; } = [];

    /// <summary>The variants whose schedules were explored.</summary>
    public IReadOnlyList<ExploredVariant> Explored { get; init; } = [];
}

/// <summary>One of the two variants of an entry.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Ends">How it ends, in the run or in a schedule that was found.</param>
/// <param name="Run">Its run; the first that did not complete of several.</param>
public sealed record ReportedSide(string Variant, string Ends, RunRecord Run);

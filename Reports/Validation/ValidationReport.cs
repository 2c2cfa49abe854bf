namespace CryptoSim.Reports.Validation;

/// <summary>What <c>cryptosim validate</c> showed: the input of its files.</summary>
public sealed record ValidationReport
{
    private static readonly (RowKind Kind, string Noun)[] Nouns =
    [
        (RowKind.Fit, "fits met"), (RowKind.Predict, "measured predictions met"), (RowKind.Analytic, "closed forms met"), (RowKind.Qualitative, "qualitative rows hold"),
    ];

    /// <summary>Version of CryptoSim that showed it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The command that shows it again, as a user would type it; empty if not known.</summary>
    public string Command { get; init; } = "";

    /// <summary>The file of published rows as the user would name it.</summary>
    public string File { get; init; } = "";

    /// <summary>What the file says a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rows in the order of the file.</summary>
    public required IReadOnlyList<ValidatedRow> Rows { get; init; }

    /// <summary>Rows that are not met.</summary>
    public int Failed => Rows.Count(row => row.Pass == false);

    /// <summary>The rows by their scenarios, in the order in which those first stand in the file.</summary>
    public IEnumerable<IGrouping<string, ValidatedRow>> ByScenario => Rows.GroupBy(row => row.Row.Scenario, StringComparer.Ordinal);

    /// <summary>What came out, in a sentence for each kind of row.</summary>
    public IEnumerable<string> Summary()
    {
        foreach ((RowKind kind, string noun) in Nouns)
        {
            ValidatedRow[] judged = [.. Rows.Where(row => row.Row.Kind == kind && row.Pass is not null)];
            if (judged.Length > 0)
            {
                yield return $"{judged.Count(row => row.Pass == true)} of {judged.Length} {noun}";
            }
        }

        if (Rows.Count(row => row.Pass is null) is > 0 and int open)
        {
            yield return $"{open} predictions that nobody has published a measurement of";
        }
    }
}

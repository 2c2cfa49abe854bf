using CryptoSim.Reports.Validation;

namespace CryptoSim.Reports.Tests.Validation;

/// <summary>A validation with a row of every kind and every verdict.</summary>
internal static class MadeUpValidation
{
    public static PublishedRow Row(string id, RowKind kind, double? published = null, double? tolerance = null, string unit = "MiB/s", double? factor = null) => new()
    {
        Id = id,
        Source = "a mail",
        Kind = kind,
        Platform = "VM",
        Kernel = "5.8-rc2",
        Scenario = "validation-vm",
        Variant = "fit-raw-read",
        Metric = "fio.bandwidth",
        Unit = unit,
        Factor = factor,
        Published = published,
        TolerancePct = tolerance,
        Provenance = published is null ? "" : "S",
    };

    public static ValidationReport Report { get; } = new()
    {
        Version = "0.1.0",
        Command = "./cryptosim validate",
        File = "rows.csv",
        Notes = ["Rows of the same code are 41 % apart."],
        Rows =
        [
            ValidatedRow.Measured(Row("fit", RowKind.Fit, 100, 10), 104 << 20, "B/s"),
            ValidatedRow.Measured(Row("off", RowKind.Predict, 100, 10), 150 << 20, "B/s"),
            ValidatedRow.Measured(Row("open", RowKind.Predict), 59 << 20, "B/s"),
            ValidatedRow.Measured(Row("cycles", RowKind.Analytic, 59.8, 15, "G cycles", 59.8), 0.9, ""),
            ValidatedRow.Claimed(Row("crossover", RowKind.Qualitative) with { Scenario = "offload-depth", Metric = "a.b > c.d" }, true, "2 to 1"),
            ValidatedRow.Failed(Row("gone", RowKind.Fit, 1, 10), "no metric 'x'"),
        ],
    };
}

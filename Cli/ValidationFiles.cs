using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Validation;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>The files of a validation: the table for programs in two forms, and the page.</summary>
internal static class ValidationFiles
{
    private static readonly string[] Names = ["validation.html", "validation.csv", "validation.json"];

    /// <summary>Writes all of them and returns where they are.</summary>
    public static IReadOnlyList<string> Write(ValidationReport report, OutputDirectory output, CancellationToken cancellation)
    {
        output.Fill(directory =>
        {
            ValidationPage.Write(Path.Combine(directory, Names[0]), report, cancellation);
            ValidationCsv.Write(Path.Combine(directory, Names[1]), report, cancellation);
            var json = new StringWriter { NewLine = "\n" };
            ValidationJson.Write(report, json);
            AtomicFile.WriteText(Path.Combine(directory, Names[2]), json.ToString(), cancellation);
            return true;
        });
        output.Keep();
        return [.. Names.Select(output.Final)];
    }
}

using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports;

/// <summary>Everything that can be looked at, in one directory: <c>report.html, summary.csv, latency.csv, stages.csv</c> where stages were measured, <c>phases.csv</c> where requests were kept phase by phase, and one SVG file for each figure.</summary>
public static class ReportFolder
{
    /// <summary>Writes the report of <paramref name="records"/> into <paramref name="directory"/>, which is made if it is not there.</summary>
    /// <param name="directory">Where to write; files of the same name are replaced.</param>
    /// <param name="records">Runs of one scenario, at least one.</param>
    /// <param name="claims">The verdicts of the scenario's claims.</param>
    /// <param name="command">The command that makes these runs again, as a user would type it.</param>
    /// <param name="cancellation">Looked at between files and rows.</param>
    /// <returns>The paths of the written files, in the order of writing.</returns>
    /// <exception cref="OutputException">A file or the directory could not be written.</exception>
    public static IReadOnlyList<string> Write(
        string directory, IReadOnlyList<RunRecord> records, IReadOnlyList<ClaimResult> claims, string command, CancellationToken cancellation = default)
    {
        MakeDirectory(directory);
        var written = new List<string>();
        void Put(string name, Action<Stream> content)
        {
            string path = Path.Combine(directory, name);
            AtomicFile.Write(path, content, cancellation);
            written.Add(path);
        }

        Put("summary.csv", stream => SummaryCsv.Write(records, stream, cancellation));
        Put("latency.csv", stream => LatencyCsv.Write(records, stream, cancellation));
        if (StageCsv.HasRows(records))
        {
            Put("stages.csv", stream => StageCsv.Write(records, stream, cancellation));
        }

        if (PhaseCsv.HasRows(records))
        {
            Put("phases.csv", stream => PhaseCsv.Write(records, stream, cancellation));
        }

        foreach ((string name, string svg) in Gallery.Files(new RunSet(records), Theme.Light))
        {
            Put(name + ".svg", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(svg)));
        }

        Put("report.html", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(HtmlReport.Render(new ReportInput(records, claims, command)))));
        return written;
    }

    private static void MakeDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception cause) when (OutputException.IsOutputFault(cause))
        {
            throw File.Exists(directory) ? new OutputException(directory, "it is a file, not a directory", cause) : OutputException.From(directory, cause);
        }
    }
}

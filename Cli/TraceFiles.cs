using System.Text;
using CryptoSim.Reports.Traces;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>Writes what happened in single runs: the trace as text and for the Perfetto user interface, and who was still waiting.</summary>
internal static class TraceFiles
{
    /// <summary>Writes the files of every run that did not complete, and of the runs at the first point of each variant if <paramref name="all"/>; of replications only the first.</summary>
    /// <returns>The paths of the written files.</returns>
    public static IReadOnlyList<string> Write(IReadOnlyList<RunRecord> records, bool all, string directory, CancellationToken cancellation)
    {
        List<string> written = [];
        var variants = new HashSet<string>();
        foreach (RunRecord record in records.Where(record => record.Identity.Replication == 0 && record.Trace.Count > 0))
        {
            bool completed = record.End.Ends == Rendering.Verdict.Completed;
            bool first = variants.Add(record.Identity.Variant);
            if (!completed || (all && first))
            {
                written.AddRange(Write(record, Path.Combine(directory, RecordNames.OfPoint(record.Identity)), completed, cancellation));
            }
        }

        return written;
    }

    private static IEnumerable<string> Write(RunRecord record, string stem, bool completed, CancellationToken cancellation)
    {
        string trace = stem + ".trace.txt";
        AtomicFile.Write(trace, stream => TextTrace.Write(record, stream, cancellation), cancellation);
        yield return trace;
        string perfetto = stem + ".perfetto.json";
        AtomicFile.Write(perfetto, stream => PerfettoTrace.Write(record, stream, cancellation), cancellation);
        yield return perfetto;
        if (!completed)
        {
            string blocked = stem + ".blocked.txt";
            AtomicFile.Write(blocked, stream => stream.Write(Encoding.UTF8.GetBytes(BlockedReport.Text(record) + "\n")), cancellation);
            yield return blocked;
        }
    }
}

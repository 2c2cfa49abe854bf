using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>The first requests phase by phase: one row for each phase of each request.</summary>
/// <remarks>
/// <c>variant, point, replication, workload, owner</c> (e.g. an operation socket), <c>request</c> (1-based), <c>phase, from_ns, to_ns</c> (empty if it
/// never left it), then what is the same in all rows of a request: <c>engine, iv_from</c> (the request whose IV it read, 0 for the user's),
/// <c>latched_ns, written_ns, stale</c> (0 or 1).
/// </remarks>
public static class PhaseCsv
{
    private static readonly string[] Header =
    [
        "variant", "point", "replication", "workload", "owner", "request", "phase", "from_ns", "to_ns", "engine", "iv_from", "latched_ns", "written_ns", "stale",
    ];

    /// <summary>Whether any run kept phases.</summary>
    public static bool HasRows(IReadOnlyList<RunRecord> records) => records.Any(run => run.Requests.Count > 0);

    /// <summary>Writes the table of <paramref name="records"/> to <paramref name="stream"/>.</summary>
    public static void Write(IReadOnlyList<RunRecord> records, Stream stream, CancellationToken cancellation = default)
    {
        IEnumerable<string[]> rows = from run in records from series in run.Requests from request in series.Requests from row in Rows(run, series, request) select row;
        CsvTable.Write(stream, Header, rows, cancellation);
    }

    private static IEnumerable<string[]> Rows(RunRecord run, RequestSeries series, RequestSample request)
    {
        string[] start = [run.Identity.Variant, SweepPoint.Of(run).Label, CsvTable.Number(run.Identity.Replication), series.Name, request.Owner, CsvTable.Number(request.Number)];
        string[] end =
        [
            request.Engine is { } engine ? CsvTable.Number(engine) : "", CsvTable.Number(request.IvFrom),
            Time(request.LatchedPicoseconds), Time(request.WrittenPicoseconds), request.IsStale ? "1" : "0",
        ];
        for (int i = 0; i < request.Phases.Count; i++)
        {
            long? until = i + 1 < request.Phases.Count ? request.Phases[i + 1].AtPicoseconds : request.EndedPicoseconds;
            yield return [.. start, series.Phases[request.Phases[i].Phase], CsvTable.Nanoseconds(request.Phases[i].AtPicoseconds), Time(until), .. end];
        }
    }

    private static string Time(long? picoseconds) => picoseconds is { } time ? CsvTable.Nanoseconds(time) : "";
}

using System.Text.Json;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Traces;

/// <summary>The trace as Chrome trace events, which the Perfetto user interface opens: tracks for processes and interrupts, bios and requests, counters.</summary>
/// <remarks>
/// Sleeps are complete slices (X) on the track of their process; calls and callbacks are slices of no length there, tied by a flow for each request.
/// Bios and requests overlap, so they are asynchronous slices (b, e). Rings are counters (C). Times are in microseconds with six decimals.
/// </remarks>
public static class PerfettoTrace
{
    /// <summary>Writes the kept events of <paramref name="run"/>.</summary>
    public static void Write(RunRecord run, Stream stream, CancellationToken cancellation = default)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        new PerfettoWriter(json, run, cancellation).Write();
    }
}

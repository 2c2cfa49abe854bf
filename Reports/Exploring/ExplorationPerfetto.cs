using System.Text.Json;
using CryptoSim.Reports.Traces;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>A failing schedule as Chrome trace events, which the Perfetto user interface opens: the tracks of <see cref="PerfettoTrace"/>, one more for the steps, and the point of no return.</summary>
/// <remarks>Times are those of the realisation; where the order was not realised, one microsecond for each step. <c>otherData.time</c> says which.</remarks>
public static class ExplorationPerfetto
{
    /// <summary>Writes the failing schedule of <paramref name="explored"/> to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    /// <exception cref="ArgumentException">Nothing fails in it.</exception>
    public static void Write(string path, ExploredVariant explored, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(explored);
        AtomicFile.Write(path, stream => Write(stream, explored, cancellation), cancellation);
    }

    /// <summary>Writes it to <paramref name="stream"/> and leaves that open.</summary>
    /// <exception cref="ArgumentException">Nothing fails in it.</exception>
    public static void Write(Stream stream, ExploredVariant explored, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(explored);
        FailingTrace failure = explored.Result.Failure ?? throw new ArgumentException("nothing fails", nameof(explored));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        new PerfettoWriter(json, TraceRuns.Timed(explored, failure), cancellation, Track(explored, failure)).Write();
    }

    private static ScheduleTrack Track(ExploredVariant explored, FailingTrace failure)
    {
        ScheduleMark? mark = failure.PointOfNoReturn is { } number
            ? new ScheduleMark($"point of no return: step {number}", TraceRuns.Instant(failure, number)) : null;
        string time = TraceRuns.IsRealised(failure)
            ? "virtual time of the realised schedule" : "not time: one microsecond for each step, in order";
        return new ScheduleTrack(
            [.. failure.Steps.Select(step => Slice(failure, step))],
            mark,
            [new("found", explored.Result.Found ?? ""), new("rule", explored.Result.Rule ?? ""), new("time", time)]);
    }

    private static ScheduleSlice Slice(FailingTrace failure, TraceStep step)
    {
        long at = TraceRuns.Instant(failure, step.Number);
        long next = TraceRuns.Instant(failure, step.Number + 1);
        long length = step.Number < failure.Steps.Count ? next - at : TraceRuns.IsRealised(failure) ? 0 : next - at;
        return new ScheduleSlice($"{step.Number} {step.Process}: {StepMeaning.Text(step)}", at, Math.Max(0, length),
        [
            new("context", step.Context), new("detail", StepMeaning.Detail(step)), new("source", step.Source),
            new("could also have run", string.Join(", ", StepMeaning.Others(step))),
        ]);
    }
}

namespace CryptoSim.Reports.Traces;

/// <summary>The steps of an explored schedule, as one more track beside the events.</summary>
/// <param name="Slices">The steps in order.</param>
/// <param name="Mark">Something at one instant that all tracks show; null for nothing.</param>
/// <param name="Facts">More about the whole trace.</param>
internal sealed record ScheduleTrack(IReadOnlyList<ScheduleSlice> Slices, ScheduleMark? Mark, IReadOnlyList<KeyValuePair<string, string>> Facts);

/// <summary>One step.</summary>
/// <param name="Name">On the slice.</param>
/// <param name="AtPicoseconds">[ps] Its beginning.</param>
/// <param name="LengthPicoseconds">[ps] Until the next.</param>
/// <param name="Arguments">More about it, by name.</param>
internal sealed record ScheduleSlice(string Name, long AtPicoseconds, long LengthPicoseconds, IReadOnlyList<KeyValuePair<string, string>> Arguments);

/// <summary>An instant that all tracks show.</summary>
/// <param name="Name">What it is.</param>
/// <param name="AtPicoseconds">[ps]</param>
internal sealed record ScheduleMark(string Name, long AtPicoseconds);

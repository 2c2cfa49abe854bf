using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Recording;

/// <summary>Keeps the first requests after the warm-up phase by phase. Exists only while some are wanted.</summary>
/// <param name="warmup">Requests begun before are not kept.</param>
/// <param name="keep">Requests kept at most, at least 1.</param>
internal sealed class RequestRecorder(Duration warmup, int keep)
{
    [NotState]
    private readonly List<RequestTrack> _tracks = [];
    private readonly VirtualTime _warmup = VirtualTime.Zero + warmup;

    /// <summary>The work on a request began.</summary>
    /// <param name="owner">A workload, or a part of one after a slash, e.g. <c>aio/0</c>.</param>
    /// <param name="number">1-based place in the order of its owner.</param>
    /// <param name="at">When.</param>
    /// <returns>Where its phases go; null if it is not kept.</returns>
    public RequestTrack? Begin(string owner, long number, VirtualTime at)
    {
        if (at < _warmup || _tracks.Count >= keep)
        {
            return null;
        }

        RequestTrack track = new(owner, number, at);
        _tracks.Add(track);
        return track;
    }

    /// <summary>A series for each workload.</summary>
    public IReadOnlyList<RequestSeries> ToSeries() =>
    [
        .. from track in _tracks
           group track by WorkloadOf(track.Owner) into workload
           select new RequestSeries
           {
               Name = workload.Key,
               Phases = [.. Enum.GetValues<TimelinePhase>().Select(phase => phase.Word())],
               Requests = [.. workload.Select(track => track.ToSample())],
           },
    ];

    private static string WorkloadOf(string owner)
    {
        int slash = owner.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? owner : owner[..slash];
    }
}

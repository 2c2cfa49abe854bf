using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>The first requests of one variant.</summary>
/// <param name="Index">Place of the variant.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Phases">Names of the phases, by their place.</param>
/// <param name="Requests">At least one, in the order in which they began.</param>
public sealed record TimelinePanel(int Index, string Name, IReadOnlyList<string> Phases, IReadOnlyList<RequestSample> Requests)
{
    private const string Build = "BUILD / MAP HW DESCS";

    /// <summary>[ps] When the first request began: time 0 of the drawing.</summary>
    public long Start => Requests.Min(request => request.Phases[0].AtPicoseconds);

    /// <summary>[ps] From there to the last instant that is known.</summary>
    public long Length => Requests.Max(request => request.EndedPicoseconds ?? request.Phases[^1].AtPicoseconds) - Start;

    /// <summary>Whether its requests come from more than one operation socket.</summary>
    public bool HasOwners => Requests.Any(request => request.Owner != Requests[0].Owner);

    /// <summary>Whether more than one engine worked on them.</summary>
    public bool HasEngines => Requests.Any(request => request.Engine is { } engine && engine != Requests[0].Engine);

    /// <summary>The request whose IV <paramref name="request"/> started from; null if that was the user's, or is not shown.</summary>
    public RequestSample? SourceOf(RequestSample request) =>
        request.IvFrom == 0 ? null : Requests.FirstOrDefault(one => one.Owner == request.Owner && one.Number == request.IvFrom);

    /// <summary>How <paramref name="request"/> is called.</summary>
    public string NameOf(RequestSample request) =>
        HasOwners ? FormattableString.Invariant($"{request.Owner} request {request.Number}") : FormattableString.Invariant($"request {request.Number}");

    /// <summary>What there is to see, in words: how long it took, on which side of the serialization descriptors are built, what went wrong.</summary>
    public IEnumerable<string> Facts()
    {
        string requests = Requests.Count == 1 ? "1 request" : FormattableString.Invariant($"{Requests.Count} requests");
        yield return $"{requests} in {ValueText.Duration(Length)}";
        if (Serialization() is { Length: > 0 } serialization)
        {
            yield return serialization;
        }

        int stale = Requests.Count(request => request.IsStale);
        if (stale > 0)
        {
            yield return FormattableString.Invariant($"{stale} started from a stale IV");
        }

        int stuck = Requests.Count(request => request.EndedPicoseconds is null);
        if (stuck > 0)
        {
            yield return FormattableString.Invariant($"{stuck} never called back");
        }
    }

    /// <summary>Among the requests that started from the IV of the one before them: did they build before it was there?</summary>
    private string Serialization()
    {
        int build = Phases.TakeWhile(phase => phase != Build).Count();
        bool[] before =
        [
            .. from request in Requests
               where request.IvFrom == request.Number - 1 && !request.IsStale
               let written = SourceOf(request)?.WrittenPicoseconds
               let built = request.Phases.Where(phase => phase.Phase == build)
               where written is not null && built.Any()
               select built.First().AtPicoseconds < written,
        ];
        return before.Length == 0 ? ""
            : before.All(one => one) ? Build + " before serialization"
            : before.Any(one => one) ? FormattableString.Invariant($"{Build} before serialization in {before.Count(one => one)} of {before.Length}")
            : Build + " after serialization";
    }
}

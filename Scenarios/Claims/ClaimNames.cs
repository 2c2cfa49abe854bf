using CryptoSim.Scenarios.Reading;

namespace CryptoSim.Scenarios.Claims;

/// <summary>What can be said about the metrics of a claim before anything has run.</summary>
internal static class ClaimNames
{
    /// <summary>A metric whose first word is nearly, but not quite, the name of a part.</summary>
    public static ClaimProblem? Check(Claim claim, IReadOnlyCollection<string> parts)
    {
        foreach (MetricName metric in new[] { claim.Left.Metric, claim.Right.Metric }.OfType<MetricName>())
        {
            string first = metric.Name.Split('.')[0];
            if (!parts.Contains(first) && Nearest.Find(first, parts) is { } near && !IsMachineWide(first))
            {
                string rest = metric.Name[first.Length..];
                return new ClaimProblem(metric.Offset, $"there is no part named {Printable.Quote(first)}; did you mean '{near}{rest}'?");
            }
        }

        return null;
    }

    // First words of metrics that belong to no part.
    private static bool IsMachineWide(string first) => first is "crypto" or "cpu" or "cpus" or "machine" or "run";
}

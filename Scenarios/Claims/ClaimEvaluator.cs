using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Claims;

/// <summary>Evaluates a claim at one point: on the means over the replications, with an interval beside.</summary>
internal static class ClaimEvaluator
{
    /// <summary>Evaluates a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="variant">The variant it is about; empty between variants.</param>
    /// <param name="point">The sweep point, for the outcome.</param>
    /// <param name="find">The runs of a variant at the point; null for the variant the claim is about.</param>
    public static ClaimOutcome Evaluate(Claim claim, string variant, string point, Func<string?, Replications> find)
    {
        SideValues left = Values(claim.Left, find);
        SideValues right = Values(claim.Right, find);
        string? problem = left.Problem ?? right.Problem ?? UnitProblem(claim, left, right);
        if (problem is not null)
        {
            return new ClaimOutcome(claim.Text, variant, point, false, problem, null) { Figures = new ClaimFigures(null, null, null, null) };
        }

        bool holds = Holds(claim, left, right);
        bool isOfTwo = claim.Left.Metric is not null && claim.Right.Metric is not null;
        SideValues measured = claim.Left.Metric is null ? right : left;
        (string value, string? interval) = isOfTwo ? ClaimSummary.OfTwo(left, right) : ClaimSummary.OfOne(measured);
        ClaimFigures figures = ClaimSummary.Figures(measured, isOfTwo ? right : null);
        return new ClaimOutcome(claim.Text, variant, point, holds, value, interval) { Figures = figures };
    }

    private static bool Holds(Claim claim, SideValues left, SideValues right) => claim.Comparison switch
    {
        Comparison.Less => left.Product < right.Product,
        Comparison.LessOrEqual => left.Product <= right.Product,
        Comparison.Greater => left.Product > right.Product,
        Comparison.GreaterOrEqual => left.Product >= right.Product,
        Comparison.Equal => left.Product == right.Product,
        _ => left.Product >= right.Product && left.Product <= High(claim, right),
    };

    private static double High(Claim claim, SideValues low) => claim.High!.Number.Value * (claim.Right.Metric is null ? 1 : low.Mean);

    private static SideValues Values(ClaimSide side, Func<string?, Replications> find)
    {
        if (side.Metric is not { } name)
        {
            return new SideValues([side.Number.Value], 1, side.Number.Unit, null);
        }

        Replications runs = find(name.Variant);
        double[] values = new double[runs.Records.Count];
        string unit = "";
        for (int i = 0; i < values.Length; i++)
        {
            if (Find(runs.Records[i], name.Name) is not { } metric)
            {
                return SideValues.Missing(NoMetric(runs.Records[i], name));
            }

            values[i] = (double)metric.Value;
            unit = metric.Unit;
        }

        return new SideValues(values, side.Number.Value, unit, null);
    }

    private static Metric? Find(RunRecord record, string name)
    {
        int low = 0;
        int high = record.Metrics.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(record.Metrics[middle].Name, name);
            if (order == 0)
            {
                return record.Metrics[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private static string NoMetric(RunRecord record, MetricName name)
    {
        string[] names = [.. record.Metrics.Select(m => m.Name)];
        string? near = Nearest.Find(name.Name, names);
        if (near is not null)
        {
            return $"no metric {Printable.Quote(name.Name)}; did you mean '{near}'?";
        }

        string part = name.Name.Split('.')[0] + ".";
        string[] ofPart = [.. names.Where(n => n.StartsWith(part, StringComparison.Ordinal))];
        return $"no metric {Printable.Quote(name.Name)} in a run that ended {record.End.Ends}"
            + (ofPart.Length > 0 ? $"; there is {Nearest.Join(ofPart)}" : "");
    }

    private static string? UnitProblem(Claim claim, SideValues left, SideValues right)
    {
        if (left.Unit == right.Unit || IsZero(claim.Left) || IsZero(claim.Right))
        {
            return null;
        }

        // Rates are per second: a bare number is one.
        bool bareRate = (left.Unit, right.Unit) is ("/s", "") or ("", "/s") && (claim.Left.Metric is null || claim.Right.Metric is null);
        return bareRate ? null : $"the left side is {Words(left.Unit)}, the right side is {Words(right.Unit)}";
    }

    private static bool IsZero(ClaimSide side) => side.Metric is null && side.Number.Value == 0;

    private static string Words(string unit) => unit switch
    {
        "ns" => "a duration (such as 2ms)",
        "B" => "a size (such as 4KiB)",
        "B/s" => "a bandwidth (such as 100MiB/s)",
        "/s" => "a rate per second",
        _ => "a number without unit",
    };
}

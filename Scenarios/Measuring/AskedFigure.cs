using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Measuring;

/// <summary>A metric of a variant, or the ratio of two.</summary>
/// <param name="Above">The metric, or the one that is divided.</param>
/// <param name="Below">What it is divided by; null for a metric alone.</param>
internal sealed record AskedFigure((string Variant, string Metric) Above, (string Variant, string Metric)? Below)
{
    /// <summary>The variants that have to be run.</summary>
    public IEnumerable<string> Variants => Below is { } below ? [Above.Variant, below.Variant] : [Above.Variant];

    /// <summary>Reads <c>a</c> or <c>a / b</c>.</summary>
    public static AskedFigure Of(Question question, IReadOnlyList<string> variants)
    {
        string[] parts = question.Text.Split('/', 2, StringSplitOptions.TrimEntries);
        return new AskedFigure((question.Variant, parts[0]), parts.Length == 1 ? null : Split(parts[1], question.Variant, variants));
    }

    /// <summary>The figure, as the mean over the replications.</summary>
    public Answer Measure(IReadOnlyList<CompletedRun> runs)
    {
        Answer above = Mean(runs, Above);
        if (Below is not { } divisor || above.Problem is not null)
        {
            return above;
        }

        Answer below = Mean(runs, divisor);
        return below.Problem is not null ? below
            : below.Value == 0 ? new Answer { Problem = $"{divisor.Metric} is 0" }
            : new Answer { Value = above.Value / below.Value, Unit = above.Unit == below.Unit ? "" : $"{above.Unit}/{below.Unit}" };
    }

    private static (string Variant, string Metric) Split(string text, string variant, IReadOnlyList<string> variants)
    {
        string? named = variants.Where(one => text.StartsWith(one + ".", StringComparison.Ordinal)).MaxBy(one => one.Length);
        return named is null ? (variant, text) : (named, text[(named.Length + 1)..]);
    }

    private static Answer Mean(IReadOnlyList<CompletedRun> runs, (string Variant, string Metric) what)
    {
        RunRecord[] records = [.. runs.Select(run => run.Record).Where(record => record.Identity.Variant == what.Variant)];
        if (Array.Find(records, record => record.End.Ends != "completed") is { } other)
        {
            return new Answer { Problem = $"a run of {what.Variant} ended {other.End.Ends}" };
        }

        Metric?[] metrics = [.. records.Select(record => record.Metrics.FirstOrDefault(metric => metric.Name == what.Metric))];
        return metrics.Contains(null)
            ? new Answer { Problem = $"no metric {Printable.Quote(what.Metric)}{Nearest.Hint(what.Metric, [.. records[0].Metrics.Select(metric => metric.Name)], "metrics")}" }
            : new Answer { Value = (double)metrics.Average(metric => metric!.Value), Unit = metrics[0]!.Unit };
    }
}

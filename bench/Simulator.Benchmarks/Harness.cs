namespace CryptoSim.Simulator.Benchmarks;

/// <summary>What was measured of one row: medians.</summary>
public sealed record RowResult(IBenchmarkRow Row, double OperationsPerSecond, double? BaselineOperationsPerSecond, double BytesPerOperation)
{
    /// <summary>How many times as fast as the baseline.</summary>
    public double? Ratio => OperationsPerSecond / BaselineOperationsPerSecond;

    /// <summary>Why the row fails its gate; null when it does not.</summary>
    public string? Failure =>
        BytesPerOperation != 0 && !Row.MayAllocate ? $"{Row.Name} allocates {BytesPerOperation:0.###} B per {Row.Operation}"
        : Ratio < Row.Gate ? $"{Row.Name} is {Ratio:0.00} times as fast as the baseline, its gate is {Row.Gate:0.00}"
        : null;
}

/// <summary>Times rows: warm-up, then runs of engine and baseline in turn, so that a slow moment of the machine meets both. Time is the processor time of this process: others on the machine do not count.</summary>
public static class Harness
{
    private const int Warmups = 3;
    private const int Runs = 7;

    public static RowResult Measure(IBenchmarkRow row)
    {
        var engine = row.OnEngine();
        var baseline = row.OnBaseline();
        for (int i = 0; i < Warmups; i++)
        {
            engine.Run(row.Operations);
            baseline?.Run(row.Operations);
        }

        var rates = new double[Runs];
        var baselineRates = new double[Runs];
        long bytes = 0;
        long operations = 0;
        for (int i = 0; i < Runs; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            rates[i] = Rate(engine, row.Operations, out long done);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            operations += done;
            baselineRates[i] = baseline is null ? 0 : Rate(baseline, row.Operations, out _);
        }

        return new RowResult(row, Median(rates), baseline is null ? null : Median(baselineRates), (double)bytes / operations);
    }

    private static double Rate(IWorkload workload, long operations, out long done)
    {
        var start = Environment.CpuUsage.TotalTime;
        done = workload.Run(operations);
        return done / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}

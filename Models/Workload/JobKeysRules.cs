using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Finds what is wrong with the keys of a job.</summary>
internal static class JobKeysRules
{
    private static readonly DataSize Least = new(512);
    private static readonly DataSize Most = DataSize.FromKibibytes(64);

    /// <summary>All problems of one job; none if it has no keys.</summary>
    public static IEnumerable<OptionProblem> FindProblems(string name, JobOptions job)
    {
        long unit = job.DataUnitSize.Bytes;
        if (unit < Least.Bytes || unit > Most.Bytes || (unit & (unit - 1)) != 0)
        {
            yield return new OptionProblem(name + ".data_unit_size", $"is {job.DataUnitSize.ToExactString()}; it is a power of two from 512B to 64KiB");
        }

        if (job.Keys is not { } keys)
        {
            yield break;
        }

        if (job.Key is not null)
        {
            yield return new OptionProblem(name + ".keys", "stands beside key, which is one key for all I/O of the job; leave one of them out");
        }

        if (keys.PerIo && (keys.Count is not null || keys.Zipf != 0 || keys.Scope != KeyScope.File))
        {
            yield return new OptionProblem(name + ".keys.per_io", "is true, so no key is used twice; leave out count, zipf and scope");
        }
        else if (!keys.PerIo && keys.Count is null)
        {
            yield return new OptionProblem(name + ".keys", "lacks count, the number of files; or say per_io: true");
        }
    }
}

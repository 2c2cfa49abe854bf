using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>One kind of file about a variant that fails.</summary>
/// <param name="Extension">E.g. <c>.sched</c>.</param>
/// <param name="Applies">Whether a variant has such a file.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ExploreFileKind(string Extension, Func<ExploredVariant, bool> Applies, Action<ExploredVariant, Stream> Write);

/// <summary>Writes what an exploration leaves behind: for each failing variant its schedule and what shows it.</summary>
internal static class ExploreFiles
{
    /// <summary>The kinds of files, in the order in which they are listed.</summary>
    private static IReadOnlyList<ExploreFileKind> Kinds => [];

    /// <summary>Writes all files and returns where they will be.</summary>
    public static IReadOnlyList<string> Write(ExploredScenario explored, OutputDirectory output, CancellationToken cancellation) =>
        [.. output.Fill(directory => Write(explored, Kinds, directory, cancellation)).Select(output.Final)];

    /// <summary>The name of a variant's files without their extension.</summary>
    public static string Stem(Scenario scenario, ExploreTarget target) =>
        RecordNames.Safe(target.Variant.Length > 0 ? target.Variant : scenario.Name);

    internal static IReadOnlyList<string> Write(
        ExploredScenario explored, IReadOnlyList<ExploreFileKind> kinds, string directory, CancellationToken cancellation)
    {
        List<string> written = [];
        foreach (ExploredVariant variant in explored.Variants.Where(v => v.Result.Failure is not null))
        {
            string stem = Path.Combine(directory, Stem(explored.Scenario, variant.Target));
            foreach (ExploreFileKind kind in kinds.Where(kind => kind.Applies(variant)))
            {
                AtomicFile.Write(stem + kind.Extension, stream => kind.Write(variant, stream), cancellation);
                written.Add(stem + kind.Extension);
            }
        }

        return written;
    }
}

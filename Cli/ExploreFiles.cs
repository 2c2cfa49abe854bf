using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;
using ExploredVariant = CryptoSim.Scenarios.Exploring.ExploredVariant;

namespace CryptoSim.Cli;

/// <summary>The files that an exploration leaves behind: of each failing variant the schedule and what shows it, and one page about all.</summary>
internal static class ExploreFiles
{
    /// <summary>Extension of a failing schedule.</summary>
    public const string Schedule = ".sched";

    private const string Repro = ".repro.yaml";
    private const string Perfetto = ".perfetto.json";
    private const string Page = "explore.html";

    /// <summary>Writes all files.</summary>
    /// <param name="explored">What was explored.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="report">The exploration as the reports take it, given the files of each variant.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exploration with its files.</returns>
    public static Exploration Write(
        ExploredScenario explored, OutputDirectory output, Func<IReadOnlyList<ExplorationFiles>, Exploration> report, CancellationToken cancellation)
    {
        Exploration exploration = report([.. explored.Variants.Select(variant => FilesOf(explored.Scenario, variant, output))]);
        output.Fill(directory =>
        {
            for (int i = 0; i < explored.Variants.Count; i++)
            {
                Write(explored.Scenario.Name, explored.Variants[i], exploration.Variants[i], directory, cancellation);
            }

            ExplorationPage.Write(Path.Combine(directory, Page), exploration, cancellation);
            return true;
        });
        return exploration;
    }

    /// <summary>All files of an exploration, as the user would name them.</summary>
    public static IReadOnlyList<string> All(Exploration exploration) =>
        [.. exploration.Variants.SelectMany(one => (string?[])[one.Files.Page, one.Files.Schedule, one.Files.Repro, one.Files.Perfetto]).OfType<string>().Distinct()];

    /// <summary>The name of a variant's files without their extension.</summary>
    public static string Stem(Scenario scenario, ExploreTarget target) =>
        RecordNames.Safe(target.Variant.Length > 0 ? target.Variant : scenario.Name);

    private static ExplorationFiles FilesOf(Scenario scenario, ExploredVariant variant, OutputDirectory output)
    {
        string stem = Stem(scenario, variant.Target);
        string? If(bool written, string extension) => written ? output.Final(stem + extension) : null;
        bool fails = variant.Result.Failure is not null;
        return new ExplorationFiles
        {
            Schedule = If(fails, Schedule),
            Repro = If(variant.Result.Failure?.Realisation is not null, Repro),
            Perfetto = If(fails, Perfetto),
            Page = output.Final(Page),
        };
    }

    private static void Write(string scenario, ExploredVariant variant, Reports.Exploring.ExploredVariant reported, string directory, CancellationToken cancellation)
    {
        void With(string? path, Action<string> write)
        {
            if (path is not null)
            {
                write(Path.Combine(directory, Path.GetFileName(path)));
            }
        }

        With(reported.Files.Schedule, path => AtomicFile.WriteText(path, ScheduleFile.ToText(variant.Result.Failure!.Schedule), cancellation));
        With(reported.Files.Repro, path => AtomicFile.WriteText(path, variant.Repro(scenario)!, cancellation));
        With(reported.Files.Perfetto, path => ExplorationPerfetto.Write(path, reported, cancellation));
    }
}

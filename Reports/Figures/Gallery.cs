using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Figures;

/// <summary>Decides which figures a set of runs deserves: what is not measured is not drawn.</summary>
internal static class Gallery
{
    /// <summary>The figures as SVG files: a name without extension, and the text.</summary>
    public static IEnumerable<(string Name, string Svg)> Files(RunSet runs, Theme theme) =>
        Of(runs).Select(figure => (figure.Id, figure.Draw(theme, figure.Size)));

    /// <summary>All figures of <paramref name="runs"/>, in the order of the page.</summary>
    public static IReadOnlyList<Figure> Of(RunSet runs)
    {
        SweepPoint shown = ShownPoint(runs);
        var figures = new List<Figure>();
        foreach (string workload in runs.Workloads)
        {
            string suffix = runs.Workloads.Count > 1 ? "-" + Slug(workload) : "";
            figures.AddRange(LatencyFigures.Of(runs, shown, workload, suffix));
            figures.AddRange(StageFigures.Of(runs, shown, workload, suffix));
            figures.AddRange(TimelineFigures.Of(runs, shown, workload, suffix));
            figures.AddRange(SweepFigures.Of(runs, shown, workload, suffix));
        }

        figures.AddRange(GroupFigures.Of(runs, shown));
        figures.AddRange(OutcomeFigures.Of(runs));
        figures.AddRange(StepFigures.Of(runs, shown));
        figures.AddRange(SequenceFigures.Of(runs));
        return figures;
    }

    /// <summary>The point whose distributions are shown: the last of the sweep at which every run completed, otherwise the last at which anything finished.</summary>
    public static SweepPoint ShownPoint(RunSet runs) =>
        runs.Points.LastOrDefault(point => runs.Variants.All(variant => runs.At(variant, point) is { Count: > 0 } at && at.All(run => run.End.Ends == "completed")))
        ?? runs.Points.LastOrDefault(point => runs.Variants.Any(variant => runs.At(variant, point).Any(run => run.Latencies.Any(series => series.Bins.Count > 0))))
        ?? runs.Points[0];

    /// <summary><paramref name="name"/> as a part of a file name or an id: nothing but letters, digits, points and dashes.</summary>
    public static string Slug(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? char.ToLowerInvariant(c) : '-')]);

    /// <summary>The series called <paramref name="workload"/> in the first replication that kept bios, for each variant that has one.</summary>
    public static IReadOnlyList<BioCloud> Clouds(RunSet runs, SweepPoint point, string workload) =>
    [
        .. from variant in Indexed(runs)
           let bios = runs.At(variant.Name, point).SelectMany(run => run.Latencies).FirstOrDefault(series => series.Name == workload && series.Bios.Count > 0)?.Bios
           where bios is not null
           select new BioCloud(variant.Index, runs.NameOf(variant.Name), bios),
    ];

    /// <summary>The variants with their places.</summary>
    public static IEnumerable<SeriesName> Indexed(RunSet runs) => runs.Variants.Select((name, i) => new SeriesName(i, name));
}

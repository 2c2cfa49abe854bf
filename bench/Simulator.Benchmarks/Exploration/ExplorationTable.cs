using System.Globalization;
using System.Text.Json;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>Whole searches: how many states, how fast, how large. Seconds are processor time of this process, the median of the runs.</summary>
public static class ExplorationTable
{
    private const int Runs = 3;

    private sealed record Search(string Name, Func<IExplorableFactory> Machine, bool Symmetry, bool Fusion);

    private static readonly Search[] Searches =
    [
        new("law-4-3-2-2", () => LibraryMachine.Law("backlog", 4, 3, 2, 2), true, false),
        new("law-4-3-2-2-fused", () => LibraryMachine.Law("backlog", 4, 3, 2, 2), true, true),
        new("law-3-2-2-2-plain", () => LibraryMachine.Law("backlog", 3, 2, 2, 2), false, false),
        new("law-6-3-2-2-fused", () => LibraryMachine.Law("backlog", 6, 3, 2, 2), true, true),
        new("caam-fixed-4KiB", () => LibraryMachine.Of("caam-deadlock", "caam-fixed", ["writer.size=4KiB"]), true, false),
        new("caam-fixed-4KiB-fused", () => LibraryMachine.Of("caam-deadlock", "caam-fixed", ["writer.size=4KiB"]), true, true),
    ];

    /// <summary>Searches what was asked for and prints it; 1 when the law does not hold.</summary>
    public static int Run(Options options, TextWriter output, TextWriter errors)
    {
        var lines = new List<Line>();
        if (!options.Json)
        {
            output.WriteLine($"{"search",-24}{"verdict",-9}{"states",12}{"transitions",13}{"s",9}{"trans/s",10}{"B/state",9}{"MB",8}");
        }

        foreach (var search in Searches.Where(search => options.Asks(search.Name)))
        {
            lines.Add(Measure(search));
            Print(options, output, lines[^1]);
        }

        int mismatches = options.Asks("law-all") ? Law(options, output, lines) : 0;
        if (options.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(lines, Names));
        }

        if (mismatches > 0)
        {
            errors.WriteLine($"law-all: {mismatches} configurations differ from the law");
        }

        return mismatches > 0 ? 1 : 0;
    }

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private sealed record Line(string Name, string Verdict, long States, long Transitions, double Seconds, long Bytes)
    {
        public double TransitionsPerSecond => Transitions / Seconds;

        public double BytesPerState => (double)Bytes / States;
    }

    private static Line Measure(Search search)
    {
        var options = new ExplorationOptions { Symmetry = search.Symmetry, Fusion = search.Fusion, RandomRuns = 0, PctRuns = 0 };
        var lines = new List<Line>();
        for (int i = 0; i <= Runs; i++)
        {
            var began = Environment.CpuUsage.TotalTime;
            var result = new Explorer(search.Machine(), options with { Elapsed = () => Environment.CpuUsage.TotalTime - began }).Run();
            lines.Add(new Line(search.Name, result.Verdict.ToString(), result.Counts.States, result.Counts.Transitions, result.Counts.Seconds, result.Counts.PeakBytes));
            if (result.Counts.Seconds > 20)
            {
                return lines[^1];
            }
        }

        return lines[1..].OrderBy(line => line.Seconds).ElementAt(Runs / 2);
    }

    /// <summary>The 192 configurations under each of the four drivers, on one thread.</summary>
    private static int Law(Options options, TextWriter output, List<Line> lines)
    {
        var explorer = new GridExplorer(LibraryMachine.Read("ring-law", []), new ScenarioExplorerOptions(), new GridRanges());
        var began = Environment.CpuUsage.TotalTime;
        var grid = explorer.Run();
        double seconds = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
        int mismatches = grid.Cells.Count(cell => cell.Agrees != true);
        var counts = grid.Cells.Select(cell => cell.Result.Counts).ToList();
        lines.Add(new Line(
            $"law-all ({grid.Cells.Count})", $"{mismatches} differ", counts.Sum(c => c.States), counts.Sum(c => c.Transitions), seconds, counts.Max(c => c.PeakBytes)));
        Print(options, output, lines[^1]);
        return mismatches;
    }

    private static void Print(Options options, TextWriter output, Line line)
    {
        if (options.Json)
        {
            return;
        }

        string perState = line.Name.StartsWith("law-all", StringComparison.Ordinal) ? "-" : line.BytesPerState.ToString("0", CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Name,-24}{line.Verdict,-9}{line.States,12:N0}{line.Transitions,13:N0}{line.Seconds,9:0.000}{line.TransitionsPerSecond,10:N0}{perState,9}{line.Bytes / 1e6,8:0.0}"));
        output.Flush();
    }
}

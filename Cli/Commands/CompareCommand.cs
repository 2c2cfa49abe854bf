using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports;
using CryptoSim.Reports.Tables;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim compare</c>: the variants of a scenario side by side, in the terminal and as CSV, SVG and one HTML report.</summary>
internal static class CompareCommand
{
    /// <summary><c>--baseline</c>.</summary>
    public static Option<string> NewBaseline() => new("--baseline")
    {
        HelpName = "NAME",
        Description = "The variant that the others are compared with. Default: the first of which every run completed.",
    };

    public static Command Create(Surroundings surroundings)
    {
        var options = new ScenarioOptions();
        Option<string> baseline = NewBaseline();
        Command command = options.AddTo(
            new Command("compare", "Run the variants of a scenario and compare them: table, CSV, SVG plots and one HTML report."), json: false);
        command.Add(baseline);
        command.SetAction(parsed => (int)Compare(options.Read(parsed), parsed.GetValue(baseline), surroundings));
        return command;
    }

    private static ExitCode Compare(ScenarioRequest request, string? baseline, Surroundings surroundings)
    {
        Scenario scenario = ScenarioFiles.Read(request.Scenario, request.Set, request.Variants);
        Demand(scenario, request.Variants, baseline);
        using OutputDirectory output = OutputDirectory.Prepare(request.Out ?? Path.Combine("out", scenario.Name + "-compare"));
        (ExperimentResult result, double wallSeconds) = request.Run(scenario, surroundings);
        RunRecord[] inOrder = [.. result.Runs.Select(run => run.Record)];
        IReadOnlyList<RunRecord> records = Baseline.First(Baseline.Choose(baseline, inOrder), inOrder);

        RecordFiles.Write(result, output, surroundings.Cancellation);
        string command = CommandName.Of(surroundings) + " " + ShellText.Join(request.Words("compare", withOut: true));
        bool traces = scenario.Reports.Any(request => request.Name is "trace" or "perfetto");
        IReadOnlyList<string> files = output.Fill<IReadOnlyList<string>>(directory =>
        [
            .. ReportFolder.Write(directory, records, ClaimResults.Of(result.Claims), command, surroundings.Cancellation),
            .. TraceFiles.Write(records, traces, directory, surroundings.Cancellation),
        ]);
        output.Keep();

        var screen = new Screen(surroundings);
        screen.Write(new Line().Add(scenario.Name, Tone.Strong).Add(scenario.About.Length > 0 ? ": " + scenario.About : ""), hang: 2);
        screen.Blank();
        if (Baseline.Note(baseline, inOrder) is { } note)
        {
            screen.Write(new Line().Add(note, Tone.Dim));
        }

        new CompareView(screen).Write(ComparisonTable.Build(records), StageComparison.Build(records));
        new ClaimsView(screen).Write(result);
        screen.Write(new Line().Add(ClaimsView.Summary(result), result.Holds ? Tone.Good : Tone.Bad)
            .Add(" · fingerprint ", Tone.Dim).Add(RunView.Fingerprint(result)).Add(" · " + Figures.Wall(wallSeconds), Tone.Dim));
        new FilesView(screen).Write([.. files.Select(output.Final)]);
        return result.Holds ? ExitCode.Success : ExitCode.ClaimBroken;
    }

    private static void Demand(Scenario scenario, IReadOnlyList<string> chosen, string? baseline)
    {
        string[] names = chosen.Count > 0 ? [.. chosen.Distinct()] : [.. scenario.Variants.Select(variant => variant.Name)];
        if (names.Length < 2)
        {
            throw new UsageException($"compare needs two variants or more; {(names.Length == 0 ? $"{scenario.Name} has none" : $"only {names[0]} is there")}");
        }

        Baseline.Demand(baseline, names);
    }
}

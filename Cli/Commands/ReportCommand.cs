using System.CommandLine;
using System.Globalization;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim report</c>: the report again from records, without running anything.</summary>
internal static class ReportCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("records")
        {
            HelpName = "RECORD",
            Description = "Run records of one scenario, or directories of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> directory = ScenarioOptions.NewOut("Directory for the report. Default: out/NAME-report, NAME being the scenario's.");
        Option<string> baseline = CompareCommand.NewBaseline();
        var command = new Command("report", "Write CSV, SVG plots and the HTML report again from run records.") { paths, directory, baseline };
        command.SetAction(parsed => (int)Report(parsed.GetValue(paths) ?? [], parsed.GetValue(directory), parsed.GetValue(baseline), surroundings));
        return command;
    }

    private static ExitCode Report(string[] paths, string? directory, string? baseline, Surroundings surroundings)
    {
        List<RunRecord> records = [];
        foreach (string file in RecordSets.Files(paths))
        {
            surroundings.Cancellation.ThrowIfCancellationRequested();
            records.Add(RunRecordFile.Read(file));
        }

        string scenario = RecordSets.Scenario(records);
        Baseline.Demand(baseline, [.. records.Select(record => record.Identity.Variant).Distinct()]);
        using OutputDirectory output = OutputDirectory.Prepare(directory ?? Path.Combine("out", RecordNames.Safe(scenario) + "-report"));
        string command = CommandName.Of(surroundings) + " " + ShellText.Join(RunAgain(records[0].Identity, paths[0]));
        IReadOnlyList<RunRecord> inOrder = RecordSets.InOrder(records);
        IReadOnlyList<RunRecord> ordered = Baseline.First(Baseline.Choose(baseline, inOrder), inOrder);
        IReadOnlyList<string> files = output.Fill<IReadOnlyList<string>>(staging =>
        [
            .. ReportFolder.Write(staging, ordered, [], command, surroundings.Cancellation),
            .. TraceFiles.Write(ordered, all: false, staging, surroundings.Cancellation),
        ]);
        output.Keep();
        new FilesView(new Screen(surroundings)).Write([.. files.Select(output.Final)]);
        return ExitCode.Success;
    }

    /// <summary>The words that make the runs of a record again.</summary>
    private static IEnumerable<string> RunAgain(RunIdentity identity, string record) => identity.Path.Length == 0
        ? ["replay", record]
        : ["run", identity.Path, .. identity.Set.SelectMany(set => (string[])["--set", set]), "--seed", identity.Seed.ToString(CultureInfo.InvariantCulture)];
}

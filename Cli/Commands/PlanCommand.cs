using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Planning;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Planning;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim plan keyslots</c>: how many keyslots are enough, under each design of what becomes of a request that finds none.</summary>
internal static class PlanCommand
{
    private const string DefaultDirectory = "out/plan-keyslots";

    public static Command Create(Surroundings surroundings)
    {
        var options = new KeyslotPlanOptions();
        Command keyslots = options.AddTo(new Command("keyslots", "Size the keyslots of an inline-encryption host: slots x keys x share of unencrypted I/O under each design."));
        keyslots.SetAction(parsed => (int)Plan(options.Read(parsed), surroundings));
        var plan = new Command("plan", "Choose the size of something before it is built: keyslots.") { keyslots };
        return plan;
    }

    private static ExitCode Plan(KeyslotPlanArguments arguments, Surroundings surroundings)
    {
        var sweep = new KeyslotSweep(arguments.Plan, SceneOf(arguments));
        string? directory = arguments.Out ?? (arguments.Json ? null : DefaultDirectory);
        using OutputDirectory? output = directory is null ? null : OutputDirectory.Prepare(directory);
        PlannedKeyslots planned = Run(sweep, arguments, surroundings);
        if (!planned.IsComplete && planned.Cells.All(cell => cell.Replications == 0))
        {
            throw new OperationCanceledException();
        }

        KeyslotReport report = KeyslotPlans.Of(planned, $"{CommandName.Of(surroundings)} {ShellText.Join(arguments.Words)}");
        IReadOnlyList<string> written = output is null ? [] : KeyslotPlanFiles.Write(report, planned.Scene.Yaml, output);
        if (arguments.Json)
        {
            KeyslotPlanJson.Write(report, surroundings.Output);
        }
        else
        {
            var screen = new Screen(surroundings);
            new KeyslotPlanView(screen, arguments.All).Write(report, planned.WallSeconds);
            new FilesView(screen).Write(written);
        }

        if (!planned.IsComplete)
        {
            surroundings.Error.WriteLine($"cryptosim: cancelled after {planned.Runs} of {sweep.Runs} runs; what they showed is kept");
            return ExitCode.Cancelled;
        }

        return report.Failed == 0 ? ExitCode.Success : ExitCode.ClaimBroken;
    }

    private static KeyslotScene SceneOf(KeyslotPlanArguments arguments)
    {
        if (arguments.Scenario is not { } name)
        {
            return KeyslotScene.Of(arguments.Plan);
        }

        string[] variants = arguments.Variant is { } variant ? [variant] : [];
        Scenario scenario = ScenarioFiles.Read(name, arguments.Set, variants);
        return KeyslotScene.Of(arguments.Plan, scenario, arguments.Variant is { } chosen ? scenario.FindVariant(chosen) : null);
    }

    private static PlannedKeyslots Run(KeyslotSweep sweep, KeyslotPlanArguments arguments, Surroundings surroundings)
    {
        using var line = new ProgressLine(surroundings, arguments.Quiet, clock: null);
        return sweep.Run(
            arguments.Jobs,
            (done, ios) => line.Show(now => KeyslotPlanView.Progress(done, sweep.Runs, ios, now)),
            surroundings.Cancellation);
    }
}

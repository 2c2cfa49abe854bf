using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Drivers;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim driver</c>: a driver of the user's own in the place of the engine, in every scene; each is run and explored, and the broken rule is named.</summary>
internal static class DriverCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var options = new DriverOptions();
        Command command = options.AddTo(new Command("driver", "Check a driver of your own against the contract of the crypto API, in every scene: run, explored, the broken rule named."));
        command.SetAction(parsed => (int)Check(options.Read(parsed), surroundings));
        return command;
    }

    private static ExitCode Check(DriverArguments arguments, Surroundings surroundings)
    {
        using DriverAssembly drivers = DriverAssembly.Load(arguments.Assembly);
        IReadOnlyList<Scenario> scenes = Scenes(arguments.Scenes);
        DriverCheck check = new(drivers, arguments.Set, new ScenarioExplorerOptions { Time = arguments.Time });
        using OutputDirectory output = OutputDirectory.Prepare(arguments.Out ?? Path.Combine("out", "driver"));
        IReadOnlyList<DriverScene> shown = Run(check, scenes, arguments, surroundings);
        IReadOnlyDictionary<DriverScene, string> files = Write(shown, output, surroundings.Cancellation);
        if (arguments.Json)
        {
            DriverJson.Write(arguments.Assembly, drivers.Words, shown, surroundings.Output);
        }
        else
        {
            new DriverView(new Screen(surroundings), CommandName.Of(surroundings), arguments.Assembly).Write(drivers.Words, shown, files);
        }

        return ExploreCommand.Code(shown.Select(scene => scene.Standing).DefaultIfEmpty(ExploreStanding.AsExpected).Max());
    }

    /// <summary>The scenes of the contract, then the library; or those that were named.</summary>
    private static IReadOnlyList<Scenario> Scenes(IReadOnlyList<string> named)
    {
        string contract = ScenarioFiles.Contract()
            ?? throw new InputException("cryptosim: no directory Scenarios/Contract here or above; run this inside the CryptoSim repository");
        string[] files = named.Count > 0 ? [.. named.Select(Located)] : [.. ((string?[])[contract, ScenarioFiles.Library()]).OfType<string>().SelectMany(ScenarioFiles.FilesOf)];
        return [.. files.Select(file => ScenarioFiles.Read(Path.GetRelativePath(Environment.CurrentDirectory, file), [], []))];

        string Located(string name) => Path.Combine(contract, name + ".yaml") is { } file && File.Exists(file) ? file : ScenarioFiles.Locate(name);
    }

    private static IReadOnlyList<DriverScene> Run(DriverCheck check, IReadOnlyList<Scenario> scenes, DriverArguments arguments, Surroundings surroundings)
    {
        using var line = new ProgressLine(surroundings, arguments.Quiet, clock: null);
        return check.Run(scenes, name => line.Show(_ => $"driver  {name}"), surroundings.Cancellation);
    }

    /// <summary>Each failing scene as a scenario that can be explored by itself.</summary>
    private static Dictionary<DriverScene, string> Write(IReadOnlyList<DriverScene> shown, OutputDirectory output, CancellationToken cancellation)
    {
        Dictionary<DriverScene, string> files = [];
        foreach (DriverScene scene in shown.Where(scene => scene is { Yaml: not null, FailsAnyway: false }))
        {
            string name = $"{scene.Driver}-{scene.Scenario}{(scene.Variant.Length > 0 ? "-" + scene.Variant : "")}.yaml";
            files[scene] = output.Fill(directory =>
            {
                AtomicFile.WriteText(Path.Combine(directory, name), scene.Yaml!, cancellation);
                return output.Final(name);
            });
        }

        if (files.Count > 0)
        {
            output.Keep();
        }

        return files;
    }
}

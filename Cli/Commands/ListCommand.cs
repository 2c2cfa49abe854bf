using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim list</c>: the scenarios of the library.</summary>
internal static class ListCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("list", "Show the scenarios that come with CryptoSim.");
        command.SetAction(_ => (int)List(surroundings));
        return command;
    }

    private static ExitCode List(Surroundings surroundings)
    {
        string library = ScenarioFiles.Library()
            ?? throw new InputException("cryptosim: no directory Scenarios/Library here or above; run this inside the CryptoSim repository");
        List<string> files = [.. ScenarioFiles.FilesOf(library)];
        int columns = files.Select(file => Path.GetFileNameWithoutExtension(file).Length).DefaultIfEmpty(0).Max() + 2;
        var screen = new Screen(surroundings);
        foreach (string file in files)
        {
            Write(screen, file, columns);
        }

        screen.Blank();
        screen.Write(new Line().Add($"Run one: {CommandName.Of(surroundings)} run NAME", Tone.Dim));
        return ExitCode.Success;
    }

    /// <summary>Name and what it shows; below, the variants.</summary>
    private static void Write(Screen screen, string file, int columns)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        Scenario? scenario = ScenarioReader.Read(file).Scenario;
        string about = scenario?.About ?? $"not valid; see: cryptosim check {name}";
        screen.Write(new Line().Column(name, columns, Tone.Strong).Add(about), hang: columns);
        if (scenario is { Variants.Count: > 0 })
        {
            string variants = string.Join(", ", scenario.Variants.Select(variant => variant.Name));
            screen.Write(new Line().To(columns).Add(variants, Tone.Dim), hang: columns);
        }
    }
}

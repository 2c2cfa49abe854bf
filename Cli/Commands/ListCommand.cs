using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using Spectre.Console;

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
        var table = Screen.NewTable();
        foreach (string head in (string[])["scenario", "what it shows", "variants"])
        {
            table.AddColumn(new TableColumn(new Text(head, Screen.StyleOf(Tone.Dim))).Padding(0, 2));
        }

        table.Columns[0].NoWrap();
        foreach (string file in Directory.EnumerateFiles(library, "*.yaml").Order(StringComparer.Ordinal))
        {
            AddRow(table, file);
        }

        var screen = new Screen(surroundings);
        screen.Write(table);
        screen.Blank();
        screen.Write(new Line().Add($"Run one: {CommandName.Of(surroundings)} run NAME", Tone.Dim));
        return ExitCode.Success;
    }

    private static void AddRow(Table table, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        Scenario? scenario = ScenarioReader.Read(file).Scenario;
        string about = scenario?.About ?? $"not valid: see cryptosim check {name}";
        string variants = scenario is null ? "" : string.Join(", ", scenario.Variants.Select(variant => variant.Name));
        table.AddRow(new Text(name, Screen.StyleOf(Tone.Strong)), new Text(about), new Text(variants));
    }
}

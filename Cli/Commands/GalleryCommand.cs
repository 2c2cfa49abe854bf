using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Showing;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim gallery</c>: the bugs of dm-crypt's history and its drivers', each run and explored with and without its fix.</summary>
internal static class GalleryCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var options = new GalleryOptions();
        Command command = options.AddTo(new Command("gallery", "Replay the bugs of the kernel's history: each with its symptom, failing as it did, and mended."));
        command.SetAction(parsed => (int)Show(options.Read(parsed), surroundings));
        return command;
    }

    private static ExitCode Show(GalleryArguments arguments, Surroundings surroundings)
    {
        IReadOnlyList<Scenario> entries = arguments.Id is { } id ? [GalleryFiles.Find(id)] : GalleryFiles.All();
        using OutputDirectory? page = arguments.Html is { } directory ? OutputDirectory.Prepare(directory) : null;
        using OutputDirectory? files = arguments is { Id: not null, Json: false }
            ? OutputDirectory.Prepare(arguments.Out ?? Path.Combine("out", entries[0].Name)) : null;
        IReadOnlyList<ShownEntry> shown = Run(entries, arguments, surroundings);
        if (arguments.Json)
        {
            GalleryJson.Write(shown, surroundings.Output);
        }
        else if (files is not null)
        {
            new GalleryStory(new Screen(surroundings), CommandName.Of(surroundings), arguments.Steps).Write(shown[0], files, surroundings.Cancellation);
        }
        else
        {
            new GalleryView(new Screen(surroundings), CommandName.Of(surroundings)).Write(shown);
        }

        if (page is not null)
        {
            string written = GalleryReports.Write(shown, page, CommandName.Of(surroundings), arguments.Words, surroundings.Cancellation);
            new FilesView(new Screen(surroundings)).Write(arguments.Json ? [] : [written]);
        }

        return ExploreCommand.Code(shown.Select(one => one.Standing).DefaultIfEmpty(ExploreStanding.AsExpected).Max());
    }

    private static IReadOnlyList<ShownEntry> Run(IReadOnlyList<Scenario> entries, GalleryArguments arguments, Surroundings surroundings)
    {
        using var line = new ProgressLine(surroundings, arguments.Quiet, clock: null);
        return new GalleryShow(entries).Run(
            arguments.Jobs, (done, name) => line.Show(_ => $"gallery  {done} of {entries.Count} entries  {name}"), surroundings.Cancellation);
    }
}

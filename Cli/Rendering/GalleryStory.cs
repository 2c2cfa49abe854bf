using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Showing;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>gallery ID</c> prints: the story, the runs, the failing schedule step by step, the proof of the fix, and how to go on.</summary>
/// <param name="screen">Where to.</param>
/// <param name="command">The program as the user typed it.</param>
/// <param name="fullTrace">Every step of the failing schedule.</param>
internal sealed class GalleryStory(Screen screen, string command, bool fullTrace)
{
    private const int Label = 10;

    /// <summary>Writes the files of the entry and the whole page.</summary>
    /// <param name="shown">The entry.</param>
    /// <param name="output">Where the records and schedules go.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Write(ShownEntry shown, OutputDirectory output, CancellationToken cancellation)
    {
        IReadOnlyList<string> records = RecordFiles.Write(shown.Runs, output, cancellation);
        string[] again = ["explore", shown.Scenario.Path];
        Exploration? exploration = shown.Explored.Variants.Count == 0 ? null
            : ExploreFiles.Write(shown.Explored, output, files => Explorations.Of(shown.Explored, files, command, again), cancellation);
        output.Keep();

        WriteHead(shown);
        WriteText(shown.Scenario.Story);
        Heading("The runs");
        new RunView(screen, command).WriteVariants(shown.Runs, records);
        screen.Blank();
        new ClaimsView(screen).Write(shown.Runs);
        if (exploration is not null)
        {
            WriteExplored(shown, exploration);
        }

        WriteEnd(shown, exploration);
    }

    private void WriteHead(ShownEntry shown)
    {
        GalleryEntry entry = shown.Entry;
        screen.Write(new Line().Add(entry.Id, Tone.Strong).Add("  " + entry.Title, Tone.Strong), hang: 5);
        screen.Blank();
        Fact("symptom", entry.Symptom);
        Fact("trigger", entry.Trigger);
        Fact("kernel", entry.Kernel ?? "");
        Fact("source", shown.Source);
        Fact("rules", string.Join(", ", [entry.Rule, .. entry.Also.Select(GalleryEntry.RuleOf)]));
        screen.Blank();
    }

    private void Fact(string label, string text)
    {
        if (text.Length > 0)
        {
            screen.Write(new Line().Column(label, Label, Tone.Dim).Add(text), hang: Label);
        }
    }

    /// <summary>Paragraphs, each filled to the width.</summary>
    private void WriteText(string story)
    {
        foreach (string paragraph in story.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            screen.Write(new Line().Add(string.Join(' ', paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
            screen.Blank();
        }
    }

    private void WriteExplored(ShownEntry shown, Exploration exploration)
    {
        Heading("Every schedule");
        var view = new ExploreView(screen, command, fullTrace);
        for (int i = 0; i < exploration.Variants.Count; i++)
        {
            view.Write(exploration.Variants[i]);
            WriteReplay(shown.Explored.Variants[i], shown.Scenario);
        }

        screen.Blank();
    }

    /// <summary>The failing schedule is taken again, choice by choice, and has to end alike.</summary>
    private void WriteReplay(Scenarios.Exploring.ExploredVariant variant, Scenario scenario)
    {
        if (variant.Result.Failure is not { } failure)
        {
            return;
        }

        ScenarioReadResult sized = ScenarioReader.Read(scenario.Path, [.. variant.Target.Assignments]);
        TracedResult replay = ScheduleReplay.Of(failure.Schedule, sized.Scenario!).Run(strict: true);
        screen.Write(replay.Diverged is { } diverged
            ? new Line().Column("replayed", Label, Tone.Dim).Add(diverged.ToString(), Tone.Bad)
            : new Line().Column("replayed", Label, Tone.Dim).Add("same", Tone.Good).Add($": {ExplorationWords.Count(replay.Steps.Count, "step")}, {FailureSignature.Describe(replay.End!)}"), hang: Label);
        screen.Blank();
    }

    private void WriteEnd(ShownEntry shown, Exploration? exploration)
    {
        GalleryView.WriteBroken(screen, shown);
        screen.Write(new Line().Add($"{shown.Entry.Id} ", Tone.Strong)
            .Add(shown.AsExpected ? "as expected" : "NOT as expected", shown.AsExpected ? Tone.Good : Tone.Bad)
            .Add($": {shown.Entry.Buggy} ends as {shown.BuggyEnds}, {shown.Entry.Fixed} as {shown.FixedEnds}, {GalleryView.Proof(shown)}")
            .Add(" · " + Figures.Wall(shown.WallSeconds), Tone.Dim));
        string file = ShellText.Quote(shown.Scenario.Path);
        Command("run it", "run " + file);
        Command("explore", exploration is null ? null : $"explore {file} --steps");
        Command("replay", exploration?.Variants.Select(one => one.Files.Schedule).FirstOrDefault(one => one is not null) is { } schedule ? "replay " + ShellText.Quote(schedule) : null);
        Command("compare", exploration is null ? "compare " + file : null);
        Command("change", $"check {file} --all");
    }

    private void Command(string label, string? words)
    {
        if (words is not null)
        {
            screen.WriteWhole(new Line().Column(label, Label, Tone.Dim).Add($"{command} {words}", Tone.Strong));
        }
    }

    private void Heading(string text)
    {
        screen.Write(new Line().Add(text, Tone.Strong));
        screen.Blank();
    }
}

using CryptoSim.Cli.Commands;
using CryptoSim.Scenarios.Drivers;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>driver</c> prints: a row for each scene, the broken rules with what they ask, and how to see a failing scene.</summary>
internal sealed class DriverView(Screen screen, string command, string assembly)
{
    /// <summary>Writes the table, the failures and the summary.</summary>
    public void Write(IReadOnlyList<string> words, IReadOnlyList<DriverScene> shown, IReadOnlyDictionary<DriverScene, string> files)
    {
        screen.Write(new Line().Add(string.Join(", ", words), Tone.Strong).Add($" of {assembly}"), hang: 2);
        screen.Blank();
        DriverScene[] told = [.. shown.Where(scene => !scene.FailsAnyway)];
        WriteTable(told, words.Count > 1);
        screen.Blank();
        foreach (IGrouping<string?, DriverScene> broken in told.Where(scene => scene.Standing == ExploreStanding.Broken).GroupBy(scene => scene.Rule))
        {
            WriteBroken(broken.Key, [.. broken], files);
        }

        WriteSummary(told);
        if (told.Length < shown.Count)
        {
            screen.Write(new Line().Add($"left out: {string.Join(", ", shown.Where(scene => scene.FailsAnyway).Select(Name))}, where dm-crypt fails with a correct ring too", Tone.Dim), hang: 2);
        }
    }

    private void WriteTable(IReadOnlyList<DriverScene> shown, bool named)
    {
        Table table = Screen.NewTable();
        foreach (string head in (string[])["scene", "run", "explored", "rule"])
        {
            table.AddColumn(new TableColumn(new Text(head, Screen.StyleOf(Tone.Dim))).PadLeft(0).PadRight(2).NoWrap());
        }

        foreach (DriverScene scene in shown)
        {
            table.AddRow(
                new Text((named ? scene.Driver + ": " : "") + Name(scene)),
                new Text(scene.Run?.Ends ?? "-", Screen.StyleOf(scene.Run?.Ends == "completed" ? Tone.Plain : Tone.Bad)),
                new Text(Verdict(scene), Screen.StyleOf(scene.Standing switch { ExploreStanding.Broken => Tone.Bad, ExploreStanding.Unanswered => Tone.Accent, _ => Tone.Good })),
                new Text(scene.Rule ?? "", Screen.StyleOf(Tone.Bad)));
        }

        screen.Write(table);
    }

    private void WriteBroken(string? rule, DriverScene[] scenes, IReadOnlyDictionary<DriverScene, string> files)
    {
        screen.Write(new Line().Add(rule is null ? "FAILS, and breaks no rule by name" : "BREAKS " + rule, Tone.Bad)
            .Add(ContractRules.Duty(rule) is { } duty ? ": " + duty : ""), hang: 2);
        DriverScene shown = scenes.FirstOrDefault(files.ContainsKey) ?? scenes[0];
        screen.Write(new Line().Add($"  {Name(shown)}: ").Add(shown.Message ?? ""), hang: 4);
        if (scenes.Length > 1)
        {
            screen.Write(new Line().Add($"  and in {scenes.Length - 1} more scene{(scenes.Length == 2 ? "" : "s")}", Tone.Dim));
        }

        if (files.TryGetValue(shown, out string? file))
        {
            string verb = shown.Explored?.Found is null ? "run" : "explore";
            screen.WriteWhole(new Line().Add($"  {command} {verb} {ShellText.Quote(file)} --driver {ShellText.Quote(assembly)}", Tone.Accent));
        }

        screen.Blank();
    }

    private void WriteSummary(DriverScene[] shown)
    {
        int kept = shown.Count(scene => scene.Standing == ExploreStanding.AsExpected);
        int proved = shown.Count(scene => scene.Explored?.Verdict == ExplorationVerdict.Proved);
        int open = shown.Count(scene => scene.Standing == ExploreStanding.Unanswered);
        screen.Write(new Line().Add($"the contract holds in {kept} of {shown.Length} scenes", kept == shown.Length ? Tone.Good : Tone.Bad)
            .Add($" \u00b7 {proved} PROVED" + (open > 0 ? $" \u00b7 {open} without an answer within the limits" : ""), Tone.Dim));
    }

    private static string Name(DriverScene scene) => scene.Variant.Length > 0 ? $"{scene.Scenario} / {scene.Variant}" : scene.Scenario;

    private static string Verdict(DriverScene scene) =>
        scene.Explored is { } explored ? explored.Found?.ToUpperInvariant() ?? $"{ExploreWords.Of(explored.Verdict)} {Figures.Count(explored.Counts.States)} states"
        : scene.Problem is not null ? "not possible" : "-";
}

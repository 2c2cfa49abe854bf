using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>run</c> prints: how each variant ended, who waits for whom, which claims hold, where the records are.</summary>
internal sealed class RunView(Screen screen, string command)
{
    private const int NameColumns = 26;
    private const int EndColumns = 26;

    /// <summary>Writes the whole page.</summary>
    /// <param name="result">What was run.</param>
    /// <param name="records">The record of each run, in the same order.</param>
    /// <param name="directory">Where the records are, as the user named it.</param>
    /// <param name="wallSeconds">[s] How long the runs took.</param>
    public void Write(ExperimentResult result, IReadOnlyList<string> records, string directory, double wallSeconds)
    {
        WriteTitle(result);
        WriteVariants(result, records);
        screen.Blank();
        new ClaimsView(screen).Write(result);
        WriteFooter(result, directory, wallSeconds);
    }

    /// <summary>Writes the variants alone.</summary>
    public void WriteVariants(ExperimentResult result, IReadOnlyList<string> records)
    {
        bool single = result.Runs.All(run => run.Record.Identity is { Point.Count: 0, Replication: 0 });
        if (single)
        {
            WriteRuns(result, records);
        }
        else
        {
            new SweepView(screen, command).Write(result, records);
        }
    }

    private void WriteTitle(ExperimentResult result)
    {
        var title = new Line().Add(result.Scenario.Name, Tone.Strong);
        if (result.Scenario.About.Length > 0)
        {
            title.Add(": " + result.Scenario.About);
        }

        screen.Write(title, hang: 2);
        screen.Blank();
    }

    private void WriteRuns(ExperimentResult result, IReadOnlyList<string> records)
    {
        int names = NameColumns;
        foreach (CompletedRun run in result.Runs)
        {
            names = Math.Max(names, run.Record.Identity.Variant.Length + 2);
        }

        var blocked = new BlockedView(screen, command);
        var outputs = new OutputsView(screen);
        for (int i = 0; i < result.Runs.Count; i++)
        {
            RunRecord record = result.Runs[i].Record;
            Verdict verdict = Verdict.Of(result.Claims, record);
            string name = record.Identity.Variant.Length > 0 ? record.Identity.Variant : result.Scenario.Name;
            screen.Write(new Line()
                .Column(name, names, Tone.Strong)
                .Column($"{record.End.Ends} at {Figures.Instant(record.End.AtPicoseconds)}", EndColumns, EndTone(record))
                .Add(verdict.Text, verdict.Tone));
            outputs.Write(record.Outputs);
            if (record.End.Ends != Verdict.Completed || !verdict.Good)
            {
                blocked.Write(record, records[i]);
            }
        }
    }

    private static Tone EndTone(RunRecord record) => record.End.Ends == Verdict.Completed ? Tone.Plain : Tone.Accent;

    private void WriteFooter(ExperimentResult result, string directory, double wallSeconds)
    {
        screen.Write(new Line()
            .Add(ClaimsView.Summary(result), result.Holds ? Tone.Good : Tone.Bad)
            .Add(" · fingerprint ", Tone.Dim).Add(Fingerprint(result))
            .Add($" · {Figures.Wall(wallSeconds)}", Tone.Dim));
        int count = result.Runs.Count;
        screen.Write(new Line()
            .Add(count == 1 ? "1 record in " : $"{Figures.Count(count)} records in ", Tone.Dim)
            .Add(Path.TrimEndingDirectorySeparator(directory) + "/"));
    }

    /// <summary>One number for all runs: the FNV-1a hash of their fingerprints, or the fingerprint itself when there is one run.</summary>
    internal static string Fingerprint(ExperimentResult result)
    {
        if (result.Runs.Count == 1)
        {
            return Figures.Fingerprint(result.Runs[0].Record.End.Fingerprint);
        }

        ulong hash = 14695981039346656037;
        foreach (CompletedRun run in result.Runs)
        {
            ulong fingerprint = run.Record.End.Fingerprint;
            for (int shift = 0; shift < 64; shift += 8)
            {
                hash = unchecked((hash ^ ((fingerprint >> shift) & 0xff)) * 1099511628211);
            }
        }

        return Figures.Fingerprint(hash);
    }
}

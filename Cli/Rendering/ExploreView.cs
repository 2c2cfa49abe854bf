using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>explore</c> prints about one variant: the verdict and what it says; on a failure who hangs, why, since which step, and what would have passed.</summary>
/// <param name="screen">Where to.</param>
/// <param name="command">The program as the user typed it.</param>
/// <param name="fullTrace">Every step of a failing schedule, also those that do not matter.</param>
internal sealed class ExploreView(Screen screen, string command, bool fullTrace = false)
{
    private const int Indent = 4;
    private const int NameColumns = 26;

    /// <summary>Writes everything about one variant, and an empty line after a failure.</summary>
    public void Write(ExploredVariant explored)
    {
        ArgumentNullException.ThrowIfNull(explored);
        ExplorationResult result = explored.Result;
        WriteVerdict(explored);
        if (result.Verdict is ExplorationVerdict.Failed or ExplorationVerdict.Bounded)
        {
            new PhasesView(screen).Write(result.Phases);
        }

        if (result.Verdict != ExplorationVerdict.Failed)
        {
            WriteClause(ExplorationWords.Meaning(result));
            WriteClause("for " + ExplorationWords.Scope(explored));
        }
        else if (result.Failure is { } failure)
        {
            WriteClause((failure.IsShortest ? "shortest: " : "not proved shortest: ") + ExplorationWords.Shape(failure));
        }

        ExplorationCounts counts = result.Counts;
        WriteFacts(ExplorationWords.Size(counts), ExplorationWords.Wall(counts.Seconds), ExplorationWords.Speed(counts), ExplorationWords.Memory(counts));
        if (result.Failure is not null)
        {
            WriteFailure(explored, result.Failure);
            new FailureFilesView(screen, command).Write(explored);
            screen.Blank();
        }
    }

    private void WriteVerdict(ExploredVariant explored)
    {
        ExplorationResult result = explored.Result;
        Tone tone = result.Verdict switch { ExplorationVerdict.Proved => Tone.Good, ExplorationVerdict.Failed => Tone.Bad, _ => Tone.Accent };
        string name = explored.Variant.Length > 0 ? explored.Variant : "(no variant)";
        var line = new Line().Column(name, NameColumns, Tone.Strong);
        string expected = explored.AsExpected switch { true => "as expected", false when explored.Expected.Length > 0 => "NOT as expected: " + explored.Expected, false => "NOT as expected", null => "" };
        if (expected.Length == 0)
        {
            screen.Write(line.Add(ExplorationWords.Word(result), tone), hang: Indent);
            return;
        }

        screen.Write(line.Column(ExplorationWords.Word(result), NameColumns, tone).Add(expected, explored.AsExpected == true ? Tone.Good : Tone.Bad), hang: Indent);
    }

    private void WriteFailure(ExploredVariant explored, FailingTrace failure)
    {
        var digest = new TraceDigest(failure);
        screen.Blank();
        new HungTaskView(screen).Write(explored.Result, failure, digest);
        screen.Blank();
        new CauseView(screen).Write(explored.Result, failure, digest);
        screen.Blank();
        new LanesView(screen, fullTrace).Write(failure, digest);
        screen.Blank();
        if (failure.Sibling is { } sibling)
        {
            new SiblingView(screen).Write(failure, sibling, digest);
            screen.Blank();
        }
    }

    /// <summary>Facts in one line, or in several that end between two facts.</summary>
    private void WriteFacts(params string[] facts)
    {
        var line = new Line().To(Indent);
        foreach (string fact in facts.Where(one => one.Length > 0))
        {
            string next = line.Length > Indent ? " · " + fact : fact;
            if (line.Length > Indent && line.Length + next.Length > screen.TextWidth)
            {
                screen.WriteWhole(line);
                (line, next) = (new Line().To(Indent), fact);
            }

            line.Add(next);
        }

        if (line.Length > Indent)
        {
            screen.WriteWhole(line);
        }
    }

    private void WriteClause(string text)
    {
        if (text.Length > 0)
        {
            screen.Write(new Line().To(Indent).Add(text), hang: Indent + 2);
        }
    }
}

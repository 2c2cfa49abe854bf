using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>The step that everything turns on, the rule that it breaks, and the wait chain in one line.</summary>
internal sealed class CauseView(Screen screen)
{
    private const int Label = 7;

    public void Write(ExplorationResult result, FailingTrace failure, TraceDigest digest)
    {
        string heading = (failure.PointOfNoReturn, digest.Turning) switch
        {
            ({ } number, _) => $"step {number} is the point of no return: before it some continuation finishes, after it none does",
            (null, { } broken) => $"step {broken.Number} breaks the rule; the point of no return is not known, because the graph was not kept",
            _ => "the point of no return is not known, because the graph was not kept",
        };
        Write(new Line().Column("CAUSE", Label, Tone.Bad).Add(heading, Tone.Strong));
        if (digest.Turning is { } step)
        {
            string detail = StepMeaning.Detail(step);
            Write(new Line().Add($">{step.Number}<".PadLeft(Label - 2), Tone.Bad).To(Label).Add(step.Process + "  ").Add(StepMeaning.Text(step), Tone.Accent)
                .Add(detail.Length > 0 ? "  " + detail : "").Add(step.Source.Length > 0 ? "  " + step.Source : "", Tone.Dim));
        }

        if (result.Rule is not null)
        {
            Write(new Line().To(Label).Add("breaks ").Add(ExplorationWords.Failure(result)).Add("  docs/rules.md", Tone.Dim));
        }

        if (digest.Turning is { } turning && StepMeaning.Others(turning).ToArray() is { Length: > 0 } others)
        {
            Write(new Line().To(Label).Add("could also have run: " + string.Join(", ", others), Tone.Dim));
        }

        if (digest.Stuck.Count > 0)
        {
            WriteChain(WaitChain.Of(digest.Stuck[0], WaitChain.ProcessesOf(failure)));
        }
    }

    /// <summary>Broken between links, never inside one.</summary>
    private void WriteChain(WaitChain chain)
    {
        var line = new Line().Column("chain", Label, Tone.Dim);
        void Add(string text, string name, Tone tone)
        {
            if (line.Length > Label && line.Length + text.Length + name.Length > screen.TextWidth)
            {
                screen.WriteWhole(line);
                line = new Line().To(Label);
                text = text.TrimStart();
            }

            line.Add(text, Tone.Dim).Add(name, tone);
        }

        foreach (ChainLink link in chain.Links)
        {
            Add(link.Verb.Length > 0 ? $" --{link.Verb}--> " : "", link.Name, link.IsNobody ? Tone.Bad : Tone.Plain);
        }

        if (chain.BackTo >= 0)
        {
            Add($" --{chain.BackVerb}--> ", chain.Links[chain.BackTo].Name, Tone.Bad);
        }

        Add("   ", $"({chain.Summary})", Tone.Dim);
        screen.WriteWhole(line);
    }

    private void Write(Line line) => screen.Write(line, hang: Label);
}

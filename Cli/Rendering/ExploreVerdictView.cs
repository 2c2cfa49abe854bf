using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>What the phases of each variant did, one line each, and its verdict.</summary>
internal sealed class ExploreVerdictView(Screen screen)
{
    private const int NarrowestName = 14;
    private const int PhaseColumns = 32;
    private const int OutcomeColumns = 10;

    /// <summary>Writes a variant.</summary>
    /// <param name="variant">What was found.</param>
    /// <param name="name">Its name, or the scenario's where there are no variants.</param>
    /// <param name="names">[columns] For names.</param>
    public void Write(ExploredVariant variant, string name, int names)
    {
        string label = name;
        foreach (PhaseReport phase in variant.Result.Phases)
        {
            Write(label, names, phase);
            label = "";
        }

        (string text, Tone tone) = ExploreWords.Of(variant);
        bool failed = variant.Result.Verdict == ExplorationVerdict.Failed;
        screen.Write(
            new Line().Column(label, names, Tone.Strong).Add("verdict  ", Tone.Dim)
                .Add(ExploreWords.Sentence(variant), failed ? Tone.Accent : Tone.Strong)
                .Add(Sizes(variant), Tone.Dim)
                .Add(text.Length > 0 ? "   " + text : "", tone),
            hang: names);
        if (variant.Claim is { Holds: false } claim)
        {
            screen.Write(new Line().Column("", names).Add("claimed  ", Tone.Dim).Add(claim.Claim).Add("; found " + claim.Value), hang: names);
        }
    }

    /// <summary>[columns] For the names of all variants.</summary>
    public static int NameColumns(IEnumerable<string> names) => Math.Max(NarrowestName, names.Select(name => name.Length + 2).DefaultIfEmpty(0).Max());

    private void Write(string label, int names, PhaseReport phase)
    {
        string step = $"phase {phase.Number}  {phase.Name} ";
        screen.Write(
            new Line().Column(label, names, Tone.Strong).Add(step).Add(new string('.', Math.Max(3, PhaseColumns - step.Length)), Tone.Dim).Add(" ")
                .Column(phase.Outcome, OutcomeColumns, phase.Failed ? Tone.Accent : Tone.Plain)
                .Add(phase.Detail.Length > 0 || phase.Seconds > 0 ? $"({string.Join(", ", Details(phase))})" : "", Tone.Dim),
            hang: names);
    }

    private static IEnumerable<string> Details(PhaseReport phase)
    {
        if (phase.Detail.Length > 0)
        {
            yield return phase.Detail;
        }

        if (phase.Seconds > 0)
        {
            yield return Figures.Wall(phase.Seconds);
        }
    }

    private static string Sizes(ExploredVariant variant)
    {
        ExplorationCounts counts = variant.Result.Counts;
        string states = counts.States > 0 ? $"   {Figures.Count(counts.States)} states, {Figures.Measured(counts.PeakBytes, "B")}" : "";
        return $"{states}{(states.Length > 0 ? ", " : "   ")}{Figures.Wall(variant.WallSeconds)}";
    }
}

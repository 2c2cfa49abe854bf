using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>What each phase of an exploration did, in aligned columns.</summary>
internal sealed class PhasesView(Screen screen)
{
    private const int Indent = 4;

    public void Write(IReadOnlyList<PhaseReport> phases)
    {
        int names = phases.Select(phase => phase.Name.Length).DefaultIfEmpty().Max() + 2;
        int outcomes = phases.Select(phase => phase.Outcome.Length).DefaultIfEmpty().Max() + 2;
        int details = phases.Select(phase => phase.Detail.Length).DefaultIfEmpty().Max() + 2;
        foreach (PhaseReport phase in phases)
        {
            var line = new Line().To(Indent)
                .Add($"phase {phase.Number}  ", Tone.Dim)
                .Add(phase.Name + " ")
                .Add(new string('.', Math.Max(2, names - phase.Name.Length)) + " ", Tone.Dim)
                .Column(phase.Outcome, outcomes, phase.Failed ? Tone.Bad : Tone.Plain);
            string wall = ExplorationWords.Wall(phase.Seconds);
            screen.Write(wall.Length > 0 ? line.Column(phase.Detail, details).Add(wall.PadLeft(7), Tone.Dim) : line.Add(phase.Detail), hang: Indent + 9);
        }
    }
}

using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>What the workloads of a run put out: its bytes, abbreviated when they are many, and how its requests were chained.</summary>
internal sealed class OutputsView(Screen screen)
{
    private const int Indent = 4;
    private const int Label = 26;
    private const int DigitsShown = 64;
    private const int DigitsAtEachEnd = 28;
    private const int DepthsShown = 12;
    private const int MostOutputs = 6;

    /// <summary>Writes a line for each output that has bytes.</summary>
    public void Write(IReadOnlyList<RunOutput> outputs)
    {
        RunOutput[] shown = [.. outputs.Where(output => output.Hex.Length > 0)];
        foreach (RunOutput output in shown.Take(MostOutputs))
        {
            screen.Write(
                new Line().To(Indent).Column(output.Name, Label - Indent, Tone.Strong).Add(Digits(output)).Add(Depths(output.Depths), Tone.Dim),
                hang: Label);
        }

        if (shown.Length > MostOutputs)
        {
            screen.Write(new Line().To(Label).Add($"{shown.Length - MostOutputs} more outputs; --json has all", Tone.Dim));
        }
    }

    /// <summary>All digits, or those of both ends of what was kept with the length of all.</summary>
    private static string Digits(RunOutput output) => output.Hex.Length <= DigitsShown && output.Hex.Length == 2 * output.Bytes
        ? output.Hex
        : $"{output.Hex[..Math.Min(output.Hex.Length, DigitsAtEachEnd)]}...{output.Hex[^Math.Min(output.Hex.Length, DigitsAtEachEnd)..]}  {Figures.Measured(output.Bytes, "B")}";

    private static string Depths(string depths)
    {
        string[] each = depths.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return each.Length switch
        {
            0 => "",
            <= DepthsShown => "  depths " + depths,
            _ => $"  depths {string.Join(',', each.Take(DepthsShown - 4))},...,{each[^1]}",
        };
    }
}

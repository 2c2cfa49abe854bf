using System.Globalization;
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
        int[] each = [.. depths.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return each.Length switch
        {
            0 => "",
            <= DepthsShown => "  depths " + depths,
            _ => "  depths " + Runs(each),
        };
    }

    /// <summary>Many depths as runs: <c>1..64</c> for a chain, <c>4x1</c> for four that all have the depth 1.</summary>
    private static string Runs(int[] depths)
    {
        List<string> runs = [];
        for (int at = 0; at < depths.Length && runs.Count <= DepthsShown;)
        {
            int same = Length(depths, at, step: 0);
            int chain = Length(depths, at, step: 1);
            int length = Math.Max(same, chain);
            runs.Add(length == 1 ? $"{depths[at]}" : chain > same ? $"{depths[at]}..{depths[at] + length - 1}" : $"{length}x{depths[at]}");
            at += length;
        }

        return runs.Count > DepthsShown ? string.Join(',', runs.Take(DepthsShown)) + ",..." : string.Join(',', runs);
    }

    private static int Length(int[] depths, int from, int step)
    {
        int at = from + 1;
        while (at < depths.Length && depths[at] == depths[at - 1] + step)
        {
            at++;
        }

        return at - from;
    }
}

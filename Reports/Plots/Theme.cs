using System.Globalization;

namespace CryptoSim.Reports.Plots;

/// <summary>The colours of a plot. Series colours are told apart by dash and marker as well, never by colour alone.</summary>
/// <param name="Page">Behind everything.</param>
/// <param name="Card">Behind one figure.</param>
/// <param name="Text">Titles and values.</param>
/// <param name="Muted">Labels of axes, subtitles.</param>
/// <param name="Grid">Lines that help the eye.</param>
/// <param name="Border">Frames and axes.</param>
/// <param name="Fault">Only for faults.</param>
/// <param name="FaultBack">Behind a fault.</param>
/// <param name="Good">Completions.</param>
/// <param name="Series">Lines and markers, one for each variant, in order; repeated when there are more.</param>
/// <param name="Ink">Text of each series: the same hue, dark or light enough to read.</param>
/// <param name="Stages">Where a bio is, in order: warm while it waits, cold while something is done for it; repeated when there are more.</param>
public sealed record Theme(
    string Page, string Card, string Text, string Muted, string Grid, string Border, string Fault, string FaultBack, string Good,
    IReadOnlyList<string> Series, IReadOnlyList<string> Ink, IReadOnlyList<string> Stages)
{
    /// <summary>Dark on white; series colours are those of Okabe and Ito, then grey and brown.</summary>
    public static Theme Light { get; } = new(
        "#f6f8fa", "#ffffff", "#1f2328", "#57606a", "#e5e8ec", "#8c959f", "#b3261e", "#fbe9e7", "#00734f",
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#444c56", "#8c5a2b"],
        ["#0068a3", "#a84a00", "#00734f", "#9c3f75", "#1a6a9a", "#855d00", "#444c56", "#7a4a1f"],
        ["#8c959f", "#e69f00", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#f2cf5b", "#56b4e9", "#6a51a3"]);

    /// <summary>Light on black.</summary>
    public static Theme Dark { get; } = new(
        "#0d1117", "#161b22", "#e6edf3", "#9aa4af", "#262d36", "#6e7681", "#ff8f87", "#3c1a1a", "#3fc79a",
        ["#56b4e9", "#f0883e", "#3fc79a", "#e39bc4", "#a5b4fc", "#e3b341", "#c9d1d9", "#c49a6c"],
        ["#56b4e9", "#f0883e", "#3fc79a", "#e39bc4", "#a5b4fc", "#e3b341", "#c9d1d9", "#c49a6c"],
        ["#8b949e", "#d29922", "#3b82c4", "#d9662b", "#2a9d78", "#c0719f", "#f0d878", "#6cbff0", "#8b74d6"]);

    /// <summary>Colours by name, for a page whose style sheet says which they are.</summary>
    public static Theme Named { get; } = new(
        "var(--page)", "var(--card)", "var(--text)", "var(--muted)", "var(--grid)", "var(--border)", "var(--fault)", "var(--fault-back)", "var(--good)",
        Names("series", 8), Names("ink", 8), Names("stage", 9));

    /// <summary>Colour of series <paramref name="index"/>.</summary>
    public string SeriesColor(int index) => Series[index % Series.Count];

    /// <summary>Colour of text about series <paramref name="index"/>.</summary>
    public string InkColor(int index) => Ink[index % Ink.Count];

    /// <summary>Colour of stage <paramref name="index"/>.</summary>
    public string StageColor(int index) => Stages[index % Stages.Count];

    /// <summary>Dash pattern of series <paramref name="index"/>; empty is a solid line.</summary>
    public static string Dash(int index) => (index % 8) switch { 0 => "", 1 => "7 4", 2 => "2 3", 3 => "9 3 2 3", 4 => "12 4", 5 => "4 2", 6 => "14 3 2 3 2 3", _ => "6 2 2 2" };

    private static string[] Names(string what, int count) => [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"var(--{what}-{i})"))];

    /// <summary>The style sheet lines that give <see cref="Named"/> the colours of this theme.</summary>
    public string Variables()
    {
        IEnumerable<string> series = [.. Series.Select((color, i) => $"--series-{i}:{color}"), .. Ink.Select((color, i) => $"--ink-{i}:{color}"), .. Stages.Select((color, i) => $"--stage-{i}:{color}")];
        return string.Join(';',
            [$"--page:{Page}", $"--card:{Card}", $"--text:{Text}", $"--muted:{Muted}", $"--grid:{Grid}", $"--border:{Border}",
             $"--fault:{Fault}", $"--fault-back:{FaultBack}", $"--good:{Good}", .. series]);
    }
}

/// <summary>The size of a plot.</summary>
/// <param name="Width">[px]</param>
/// <param name="Height">[px]</param>
public readonly record struct PlotSize(double Width, double Height)
{
    /// <summary>Half a page wide.</summary>
    public static PlotSize Half => new(570, 330);

    /// <summary>A page wide.</summary>
    public static PlotSize Full => new(1160, 330);
}

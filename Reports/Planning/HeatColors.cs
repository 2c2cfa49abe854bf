using System.Globalization;

namespace CryptoSim.Reports.Planning;

/// <summary>The colours of a heat map, by class, and of the text in them. Cold ones meet a limit, warm ones do not; a third row is for what has no limit.</summary>
/// <param name="Fills">Behind the text.</param>
/// <param name="Inks">The text, readable on the fill.</param>
internal sealed record HeatColors(IReadOnlyList<string> Fills, IReadOnlyList<string> Inks)
{
    /// <summary>First class that meets a limit; there are two.</summary>
    public const int Good = 0;

    /// <summary>First class beyond a limit; there are four.</summary>
    public const int Beyond = 2;

    /// <summary>First class of a quantity without a limit; there are seven.</summary>
    public const int Neutral = 6;

    /// <summary>Classes of a quantity without a limit.</summary>
    public const int NeutralCount = 7;

    /// <summary>A run did not complete.</summary>
    public const int Fault = 13;

    /// <summary>Nothing is known.</summary>
    public const int Unknown = 14;

    public static HeatColors Light { get; } = new(
        ["#e3f1f8", "#aed6ea", "#fde7c4", "#f8bd78", "#e5823f", "#a83c22", "#f1f1f8", "#dcdcef", "#c0c1e1", "#9fa1d0", "#6a6cae", "#4d4e93", "#32326d", "#fbe9e7", "#eceff2"],
        ["#123547", "#0b2b3c", "#4a2f06", "#3d2202", "#2a1200", "#ffffff", "#26264a", "#26264a", "#1f1f42", "#15153a", "#ffffff", "#ffffff", "#ffffff", "#8e1c15", "#57606a"]);

    public static HeatColors Dark { get; } = new(
        ["#10293a", "#17506e", "#3a2a12", "#6a4314", "#a85a1c", "#ff9a5c", "#1b1c2e", "#25274a", "#333668", "#474b8c", "#6468b0", "#9296d8", "#c6c9fb", "#3c1a1a", "#21262d"],
        ["#c4e1f0", "#e2f3fb", "#f6dfb9", "#fde8c9", "#fff4e6", "#2b1200", "#c9caea", "#d3d4f1", "#e0e1f8", "#f0f0ff", "#ffffff", "#10112b", "#10112b", "#ffb4ae", "#9aa4af"]);

    /// <summary>The style sheet lines that give each class its colours.</summary>
    public string Variables() => string.Join(';', Fills.Select((fill, i) =>
        string.Create(CultureInfo.InvariantCulture, $"--heat-{i}:{fill};--heat-ink-{i}:{Inks[i]}")));
}

using System.Text.Json;
using CryptoSim.Reports.Plots;

namespace CryptoSim.Reports.Figures;

/// <summary>The part of the page in which a figure stands.</summary>
internal enum FigureGroup
{
    Latency,
    Stages,
    Requests,
    Size,
    Sweep,
    Outcome,
    Time,
    Sequence,
}

/// <summary>One picture, ready to be drawn in any theme.</summary>
/// <param name="Id">File name without extension, and id in the page.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="Size">How large it is drawn.</param>
/// <param name="Draw">Draws it as SVG.</param>
internal sealed record Figure(string Id, FigureGroup Group, PlotSize Size, Func<Theme, PlotSize, string> Draw)
{
    /// <summary>What the interactive chart shows: writes one JSON object; null if the figure stays as it is drawn.</summary>
    public Action<Utf8JsonWriter>? Chart { get; init; }

    /// <summary>Title and subtitle beside the interactive chart.</summary>
    public PlotLabels? Labels { get; init; }

    /// <summary>The picture in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it takes the whole width of the page.</summary>
    public bool Wide => Size.Width > PlotSize.Half.Width + 1;
}

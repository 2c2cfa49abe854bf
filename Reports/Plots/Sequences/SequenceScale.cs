using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>What the numbers at the left of a sequence chart are, and which of them is marked.</summary>
/// <param name="Title">Over the numbers.</param>
/// <param name="Order">What the rows are in the order of.</param>
/// <param name="Gutter">[px] Room for them.</param>
/// <param name="Text">One number for people.</param>
/// <param name="End">How the band at the bottom says when it ended.</param>
internal sealed record SequenceScale(string Title, string Order, double Gutter, Func<long, string> Text, Func<long, string> End)
{
    /// <summary>[ps] of virtual time.</summary>
    public static SequenceScale VirtualTime { get; } =
        new("virtual time", "virtual time, not to scale", 104, at => ValueText.Duration(at), at => $"at {ValueText.Duration(at)} of virtual time");

    /// <summary>Numbers of steps.</summary>
    public static SequenceScale Steps { get; } =
        new("step", "the steps", 84, at => $"step {at}", at => $"after {Pages.HeaderSection.Plural((int)at, "step")}");

    /// <summary>The number whose rows are marked: in the colour of a fault, or of a completion in a chart that passes; null for none.</summary>
    public long? Mark { get; init; }

    /// <summary>What the mark says, in a word or two.</summary>
    public string MarkText { get; init; } = "";

    /// <summary>The title of the chart; null for one that follows from how it ends.</summary>
    public string? Heading { get; init; }
}

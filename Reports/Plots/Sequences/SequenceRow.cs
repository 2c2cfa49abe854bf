namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>What an arrow or a box means; decides colour and dash.</summary>
internal enum Meaning
{
    /// <summary>A call: solid.</summary>
    Call,

    /// <summary>The answer: dashed, open head.</summary>
    Return,

    /// <summary>Something is finished: green.</summary>
    Completion,

    /// <summary>Something else worth a line.</summary>
    Neutral,

    /// <summary>Something is wrong: red.</summary>
    Fault,

    /// <summary>What should happen and never does: dashed red, ending in a cross.</summary>
    Never,
}

/// <summary>One of the parties of a sequence chart.</summary>
/// <param name="Name">As the trace calls it.</param>
/// <param name="Role">What it is, in a few words.</param>
/// <param name="IsProcess">Whether it runs code, so that it has a bar.</param>
internal sealed record Lane(string Name, string Role, bool IsProcess);

/// <summary>One row: an arrow between two lanes, or a box on one.</summary>
/// <param name="At">[ps] Virtual time; null for a row that never happened or stands for many.</param>
/// <param name="From">Lane at which it starts, or on which the box stands; -1 for a remark about the trace itself.</param>
/// <param name="To">Lane at which the arrow ends; the same as <paramref name="From"/> for a box.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Text">The first line.</param>
/// <param name="Note">The second, less loud; empty if there is none.</param>
internal sealed record SequenceRow(long? At, int From, int To, Meaning Meaning, string Text, string Note)
{
    public bool IsBox => From == To;
}

/// <summary>A process that sleeps.</summary>
/// <param name="Lane">Its lane.</param>
/// <param name="FirstRow">The row from which on.</param>
/// <param name="LastRow">The row in which it is woken; the number of rows if never.</param>
internal sealed record SleepSpan(int Lane, int FirstRow, int LastRow);

/// <summary>A sequence chart before it is drawn.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Subtitle">What is left out.</param>
/// <param name="Lanes">The parties, left to right.</param>
/// <param name="Rows">Top to bottom, in the order of virtual time.</param>
/// <param name="Sleeps">Hatched parts of the bars.</param>
/// <param name="Ending">The closing band: the first line loud, the others explain.</param>
internal sealed record Sequence(
    string Title, string Subtitle, IReadOnlyList<Lane> Lanes, IReadOnlyList<SequenceRow> Rows, IReadOnlyList<SleepSpan> Sleeps, IReadOnlyList<string> Ending)
{
    /// <summary>What the numbers at the left are.</summary>
    public SequenceScale Scale { get; init; } = SequenceScale.VirtualTime;

    /// <summary>It ends well: the closing band is no fault.</summary>
    public bool Passes { get; init; }
}

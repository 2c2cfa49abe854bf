namespace CryptoSim.Cli.Rendering;

/// <summary>What a piece of text means; a terminal shows it as a colour, everything else as plain text.</summary>
internal enum Tone
{
    /// <summary>Text.</summary>
    Plain,

    /// <summary>A name one looks for.</summary>
    Strong,

    /// <summary>Words around the facts.</summary>
    Dim,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not as it should be.</summary>
    Bad,

    /// <summary>A wait, a deadlock: what one came to see.</summary>
    Accent,
}

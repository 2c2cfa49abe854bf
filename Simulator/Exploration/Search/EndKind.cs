namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Whether a state is an end, and which.</summary>
internal enum EndKind : byte
{
    /// <summary>Something is pending.</summary>
    None,

    /// <summary>All work is done and nothing is wrong.</summary>
    Completed,

    /// <summary>Nothing is pending and somebody waits.</summary>
    Hung,

    /// <summary>All work is done, but something is wrong: an I/O error, a leak.</summary>
    Wrong,

    /// <summary>The step into it broke a rule.</summary>
    Fault,

    /// <summary>Steps that touch nothing shared follow each other without end.</summary>
    Endless,
}

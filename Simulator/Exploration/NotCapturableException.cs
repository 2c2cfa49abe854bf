namespace CryptoSim.Simulator.Exploration;

/// <summary>A model holds something of which no state can be made: the message names the type and the field.</summary>
public sealed class NotCapturableException : Exception
{
    /// <summary>With what cannot be captured and why.</summary>
    public NotCapturableException(string message)
        : base(message)
    {
    }
}

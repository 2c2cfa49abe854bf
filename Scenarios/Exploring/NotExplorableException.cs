namespace CryptoSim.Scenarios.Exploring;

/// <summary>The schedules of a valid scenario cannot be explored as it stands. The message is one line for people and says what to set.</summary>
public sealed class NotExplorableException : Exception
{
    /// <summary>With the reason.</summary>
    public NotExplorableException(string message)
        : base(message)
    {
    }
}

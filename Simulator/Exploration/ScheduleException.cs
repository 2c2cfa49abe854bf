namespace CryptoSim.Simulator.Exploration;

/// <summary>A text is not a schedule: the message is one line with file, line, column and what was expected.</summary>
public sealed class ScheduleException : Exception
{
    /// <summary>With the whole message.</summary>
    public ScheduleException(string message)
        : base(message)
    {
    }

    /// <summary>With the whole message and what was under it.</summary>
    public ScheduleException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

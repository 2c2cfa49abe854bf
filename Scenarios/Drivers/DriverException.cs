namespace CryptoSim.Scenarios.Drivers;

/// <summary>An assembly cannot be used as a driver, or not in the way that was asked. The message is one line for people.</summary>
public sealed class DriverException(string message, bool isUsage = false) : Exception(message)
{
    /// <summary>The command line is wrong, not the assembly.</summary>
    public bool IsUsage { get; } = isUsage;
}

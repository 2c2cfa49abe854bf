namespace CryptoSim.Scenarios.Drivers;

/// <summary>An assembly cannot be used as a driver. The message is one line for people and begins with its path.</summary>
public sealed class DriverException(string message) : Exception(message);

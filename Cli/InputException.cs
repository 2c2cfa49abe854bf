namespace CryptoSim.Cli;

/// <summary>An input cannot be used as asked. Each line of the message is one error for people.</summary>
internal sealed class InputException(string message) : Exception(message);

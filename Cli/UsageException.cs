namespace CryptoSim.Cli;

/// <summary>The command line asks for something that does not exist. The message is one line for people.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace CryptoSim.Scenarios.Planning;

/// <summary>A scenario says nothing that a keyslot plan could be made of; the message is one line for people.</summary>
/// <param name="message">The line.</param>
public sealed class NotPlannableException(string message) : Exception(message);

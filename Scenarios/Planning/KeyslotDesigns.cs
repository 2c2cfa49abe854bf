using CryptoSim.Models.InlineCrypto;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Planning;

/// <summary>The designs of what becomes of a request for which no keyslot is left, by their words in a scenario.</summary>
public static class KeyslotDesigns
{
    /// <summary>All of them, in the order of mail 001.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetNames<NoKeyslot>().Select(CaseRules.Value)];

    internal static NoKeyslot Of(string word) => Enum.GetValues<NoKeyslot>()[Words.ToList().IndexOf(word)];
}

using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>What a process of a bench throws ends the run as a fault: an assertion in it fails the test only if somebody looks.</summary>
internal static class OutcomeExtensions
{
    /// <summary>The outcome, unless an exception ended the run.</summary>
    public static Outcome WithoutException(this Outcome outcome)
    {
        Assert.False(outcome.Rule?.EndsWith("Exception", StringComparison.Ordinal) ?? false, outcome.Message);
        return outcome;
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Scenarios.Tests;

/// <summary>Checks properties with fixed seeds, so that a test gives the same answer every time.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> inputs, Func<T, bool> property, int tests = 300)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20260101UL, 1723UL);
        Prop.ForAll(inputs.ToArbitrary(), property).Check(config);
    }
}

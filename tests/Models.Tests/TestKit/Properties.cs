using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>Properties with a fixed seed, so that a run of the tests is the same run every time.</summary>
internal static class Properties
{
    /// <summary>Checks a property over generated inputs.</summary>
    public static void Check<T>(Arbitrary<T> inputs, Func<T, bool> property, int tests = 200)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20240817UL, 1723UL);
        Prop.ForAll(inputs, property).Check(config);
    }

    /// <summary>The same for a property that asserts.</summary>
    public static void Check<T>(Arbitrary<T> inputs, Action<T> property, int tests = 200)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20240817UL, 1723UL);
        Prop.ForAll(inputs, property).Check(config);
    }
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.Exploration;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>Conversions of dm-crypt against a driver, without what is above and below them: all their schedules.</summary>
internal static class DriverScenes
{
    private static readonly ExplorationOptions SearchAlone = new() { RandomRuns = 0, PctRuns = 0, StateLimit = 400_000 };

    /// <summary>Explores so many conversions of so many requests each; the driver is built on the child <c>soft0</c> if one is given.</summary>
    public static ExplorationResult Explore(CryptoDeviceOptions driver, int contexts, int requests, CryptoDeviceOptions? child = null)
    {
        LawOptions law = new() { Contexts = contexts, Requests = requests };
        return new Explorer(new LawScene.Factory(law, kernel => Build(kernel, driver, child)), SearchAlone).Run();

        static (CryptoProvider, Func<int>) Build(LinuxKernel kernel, CryptoDeviceOptions driver, CryptoDeviceOptions? child)
        {
            CryptoProvider[] earlier = child is null ? [] : [child.Build(new CryptoParts(kernel, "soft0", new RandomSource(1), []))];
            CryptoProvider provider = driver.Build(new CryptoParts(kernel, "drv0", new RandomSource(1), earlier));
            return (provider, () => provider.EntriesInUse);
        }
    }

    /// <summary>Nothing fails in any order.</summary>
    public static void Proved(ExplorationResult result)
    {
        Assert.Equal((ExplorationVerdict.Proved, null, null), (result.Verdict, result.Found, result.Message));
        Assert.True(result.Counts.States > 20);
    }

    /// <summary>Some order fails in this way.</summary>
    public static ExplorationResult Fails(string found, string? rule, ExplorationResult result)
    {
        Assert.Equal((found, rule), (result.Found, result.Rule));
        return result;
    }
}

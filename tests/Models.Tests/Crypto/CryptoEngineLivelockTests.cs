using CryptoSim.Models.Caam;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Crypto;

/// <summary>The pump with retry_support spins while the ring is full.</summary>
public sealed class CryptoEngineLivelockTests
{
    /// <summary>The ring's engine could go on all the time and would end it: only an unfair schedule keeps the pump spinning.</summary>
    [Fact]
    public void A_pump_that_spins_on_a_full_ring_is_no_livelock_under_a_fair_schedule()
    {
        var scene = new Scene
        {
            Cpus = 1,
            Ring = new Scene().Ring with { Front = Front.EngineRetry, WhenFull = null, EngineQlen = 2, Usable = 1, EngineRetry = Duration.FromMicroseconds(1) },
        }.With("w", Scene.WriteUnits(2));

        var result = ExploredMachine.Explore(scene.Options, new ExplorationOptions { FairLivelock = true });

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Message));
    }
}

using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests;

/// <summary>One literal for every build configuration, machine and run. A change of it is a change of what the models do: say why in the commit.</summary>
public sealed class FingerprintTests
{
    private static Scene Busy(Submit submit, Front front)
    {
        Scene scene = new();
        return (scene with
        {
            Seed = 20240817,
            Ring = scene.Ring with
            {
                Depth = 32,
                Engines = 3,
                Setup = new LogNormalDuration(Scene.Us * 2, Scene.Us * 9),
                Bandwidth = new Bandwidth(500_000_000),
                WhenFull = null,
                Front = front,
                Interrupt = new InterruptOptions(),
                Coalesce = new CoalesceOptions { Count = 3, Timer = Scene.Us * 30 },
                EngineWakeup = Scene.Us * 3,
            },
            Target = scene.Target with { Submit = submit, Wakeup = Scene.Us * 5 },
        }).With("fio", Scene.Write("4KiB", number: 200, iodepth: 8, numjobs: 2) with { Rw = Rw.Randrw, RateIops = 40_000, RateProcess = RateProcess.Poisson });
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy, Front.None, 0x91B2797D80FF2033UL)]
    [InlineData(Submit.WaitEveryRequest, Front.None, 0xF080893A58CE6E79UL)]
    [InlineData(Submit.WaitOnBusy, Front.Engine, 0x12E85022D2AFCF57UL)]
    [InlineData(Submit.WaitOnBusy, Front.EngineRetry, 0x1AE653B3883C2E86UL)]
    public void The_order_of_all_events_is_this(Submit submit, Front front, ulong fingerprint) =>
        Assert.Equal($"0x{fingerprint:X16}", $"0x{Busy(submit, front).Run().End.Fingerprint:X16}");

    [Fact]
    public void Another_seed_gives_another_order()
    {
        Scene scene = Busy(Submit.WaitOnBusy, Front.None);

        Assert.NotEqual(scene.Run().End.Fingerprint, (scene with { Seed = 1 }).Run().End.Fingerprint);
    }
}

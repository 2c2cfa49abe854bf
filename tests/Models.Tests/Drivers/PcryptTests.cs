using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>pcrypt, and what a request hears while padata is being reset (DM-P13, DM-B13).</summary>
public class PcryptTests
{
    private static readonly SoftwareCipherOptions Cipher = new() { Setup = Scene.Us * 2, Bandwidth = new Bandwidth(1L << 60) };

    private static readonly PcryptOptions Pcrypt = new() { Child = "soft0", Wakeup = Duration.Zero, Resets = 1, ResetAfter = Scene.Us, ResetFor = Scene.Us };

    [Fact]
    public void Requests_run_on_all_CPUs_and_come_back_in_their_order()
    {
        using DriverBench bench = Bench(Pcrypt with { Resets = 0 }, cpus: 2);
        bench.At(100, () => bench.Submit(4));
        bench.Run();
        Assert.Equal(["r1 0@2.1", "r2 0@2.1", "r3 0@4.1", "r4 0@4.1"], bench.Log);
    }

    [Theory]
    [InlineData(WhenReset.Busy, "EBUSY")]
    [InlineData(WhenReset.TryAgain, "EAGAIN")]
    [InlineData(WhenReset.RunChild, "0")]
    public void A_request_that_comes_during_the_reset_hears_what_its_release_says(WhenReset whenReset, string answer)
    {
        using DriverBench bench = Bench(Pcrypt with { WhenReset = whenReset });
        string answers = "";
        bench.At(1500, () => answers = bench.Submit(1));
        bench.Run();
        Assert.Equal(answer, answers);
        Assert.Empty(bench.Log);
        Assert.Equal(whenReset == WhenReset.Busy, bench.Driver.HasForgotten);
    }

    [Theory]
    [InlineData(KernelVersion.V65, "EBUSY")]
    [InlineData(KernelVersion.V69, "EAGAIN")]
    [InlineData(KernelVersion.V618, "0")]
    public void The_release_decides_it(KernelVersion version, string answer)
    {
        using DriverBench bench = Bench(Pcrypt, version: version);
        string answers = "";
        bench.At(1500, () => answers = bench.Submit(1));
        bench.Run();
        Assert.Equal(answer, answers);
    }

    [Fact]
    public void Some_schedule_resets_padata_under_a_submission_and_hangs_dm_crypt() =>
        DriverScenes.Fails("deadlock", "DM-C5", DriverScenes.Explore(Pcrypt with { WhenReset = WhenReset.Busy }, 1, 2, Cipher));

    [Fact]
    public void EAGAIN_turns_the_hang_into_an_error() =>
        DriverScenes.Fails("io-error", null, DriverScenes.Explore(Pcrypt with { WhenReset = WhenReset.TryAgain }, 1, 2, Cipher));

    [Fact]
    public void Running_the_child_is_proved() =>
        DriverScenes.Proved(DriverScenes.Explore(Pcrypt, 2, 2, Cipher));

    private static DriverBench Bench(PcryptOptions options, int cpus = 1, KernelVersion version = KernelVersion.V618) => new(options, cpus, version, ("soft0", Cipher));
}

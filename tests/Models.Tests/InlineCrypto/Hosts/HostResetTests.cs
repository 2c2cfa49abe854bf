using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Hosts;

/// <summary>Resets of a host (KS-22); times in microseconds.</summary>
public sealed class HostResetTests
{
    private static readonly InlineCryptoOptions Toy = KeyslotScene.Toy with { Keyslots = 4 };

    private static HostResetOptions At(int us, int times = 1) => new() { Every = Scene.Us * us, Times = times };

    /// <summary>At 15 the command of b is in the device until 22; then a and b are programmed again; c, which came at 18, has its slot and follows at 26.</summary>
    [Fact]
    public void Commands_in_the_device_end_first_then_all_keys_are_programmed_and_commands_that_came_meanwhile_follow()
    {
        using PoweredBench bench = new(Toy with { Reset = At(15) });
        bench.Io(0, "a").Io(10, "b").Io(13, "a").Io(18, "b", cpu: 1);
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal(["key a @0", "key b @10", "key a @23", "key b @25"], bench.Programs);
        Assert.Equal((1m, 2m, 0), (bench.Metric("ufs0.resets"), bench.Metric("ufs0.keyslot.reprograms"), bench.Errors));
        Assert.Equal([12m, 12m, 10m, 19m], bench.Took);   // the last: from 18 until the queue is run at 27, and 10
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(null, 9)]   // each takes the 2us of one key besides the 100
    public void It_is_reset_as_often_as_asked(int? times, int resets)
    {
        using PoweredBench bench = new(Toy with { Reset = new HostResetOptions { Every = Scene.Us * 100, Times = times } });
        bench.Io(0, "a");
        bench.Run(ms: 1);

        Assert.Equal((resets, resets), ((int)bench.Metric("ufs0.resets"), (int)bench.Metric("ufs0.keyslot.reprograms")));
    }

    [Fact]
    public void A_suspended_host_is_left_alone_and_one_that_is_awake_is_kept_so_while_it_is_reset()
    {
        UfsOptions ufs = new()
        {
            Keyslots = 2,
            RuntimePm = new RuntimePmOptions { Autosuspend = Scene.Us * 50, Resume = Scene.Us * 10 },
            RegisterWrite = Scene.Us * 10,
            Wakeup = Duration.Zero,
        };
        using PoweredBench bench = new(ufs with { Reset = At(330, times: 3) });
        bench.Io(0, "a");
        Outcome outcome = bench.Run(ms: 2);

        // resumed at 10, programmed until 200, read until 300, to be suspended at 350; reset from 330 to 520, in which it stays awake
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(1m, bench.Metric("ufs0.resets"));
        Assert.Equal("RPM_SUSPENDED", bench.Power.Last().Split(' ')[0]);
        Assert.Equal(1, bench.Power.Count(line => line.StartsWith("RPM_SUSPENDED", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_program_that_fails_in_a_reset_is_counted_and_the_others_follow()
    {
        using PoweredBench bench = new(Toy with { Reset = At(100), ProgramErrorOfEvery = 3 });
        bench.Io(0, "a").Io(20, "b");
        Assert.Equal(End.Completed, bench.Run(ms: 1).End);

        Assert.Equal((2m, 1m), (bench.Metric("ufs0.keyslot.reprograms"), bench.Metric("ufs0.keyslot.program_errors")));
    }

    [Fact]
    public void A_reset_without_a_pause_is_refused()
    {
        MachineOptions machine = new FallbackScene { Device = FallbackScene.Host(NoKeyslot.SleepAtRequest) with { Reset = At(0) } }.With(FallbackScene.Io("a")).Options;

        Assert.Contains(MachineValidator.Validate(machine), problem => problem.Path == "ufs0.reset.every");
    }
}

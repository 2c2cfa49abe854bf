using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>What each design makes of a key that cannot be programmed (KS-11, KS-A2, KS-B3).</summary>
public sealed class ProgramErrorTests
{
    private static readonly FallbackScene TwoKeys = new FallbackScene().With(
        FallbackScene.Io("a") with { ContinueOnError = true }, FallbackScene.Io("b") with { ContinueOnError = true });

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 0)]
    [InlineData(NoKeyslot.Requeue, 1, 0)]
    [InlineData(NoKeyslot.Park, 1, 0)]
    [InlineData(NoKeyslot.Fallback, 1, 0)]
    [InlineData(NoKeyslot.SleepAtSubmit, 0, 1)]
    public void Only_the_series_before_5_8_has_the_CPU_encrypt_what_could_not_be_programmed_and_the_others_fail_the_bio(NoKeyslot design, int errors, int byCpu)
    {
        using FallbackRun run = (TwoKeys with { Device = FallbackScene.Host(design, slots: 2) with { ProgramErrorOfEvery = 2 } }).Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal((2m, 1m), (run["ufs0.keyslot.programs"], run["ufs0.keyslot.program_errors"]));
        Assert.Equal((0m, errors), (run["r1.errors"], (int)run["r2.errors"]));
        Assert.Equal(byCpu, run.Has("blk_crypto_fallback.writes") ? (int)run["blk_crypto_fallback.writes"] : 0);
    }

    [Fact]
    public void Without_program_errors_the_series_before_5_8_brings_up_no_fallback()
    {
        using FallbackRun run = (TwoKeys with { Device = FallbackScene.Host(NoKeyslot.SleepAtSubmit) }).Run();

        Assert.False(run.Has("blk_crypto_fallback.writes"));
    }

    [Fact]
    public void The_time_of_a_program_that_fails_is_spent_and_the_next_task_has_the_slot()
    {
        FallbackScene scene = TwoKeys with { Device = FallbackScene.Host(NoKeyslot.SleepAtRequest) with { ProgramErrorOfEvery = 2 } };
        using FallbackRun run = scene.With([.. scene.Jobs, FallbackScene.Io("c")]).Run();

        // a: 0 to 12; b tries from 12 to 14; c is programmed until 16
        Assert.Equal([12m, 14m, 26m], run.EndTimes);
    }

    [Fact]
    public void Every_nth_is_counted_over_the_whole_run()
    {
        JobOptions job = FallbackScene.Io(null) with { Keys = new KeysOptions { PerIo = true }, NumberIos = 9, ContinueOnError = true };
        using FallbackRun run = (new FallbackScene { Device = FallbackScene.Host(NoKeyslot.SleepAtRequest) with { ProgramErrorOfEvery = 3 } }).With(job).Run();

        Assert.Equal((9m, 3m, 3m), (run["ufs0.keyslot.programs"], run["ufs0.keyslot.program_errors"], run["r1.errors"]));
    }

    [Fact]
    public void The_count_of_shortages_begins_again_after_the_warm_up()
    {
        FallbackScene scene = new FallbackScene().With(FallbackScene.Io("a"), FallbackScene.Io("b"));
        using FallbackRun run = scene.Run();
        Assert.Equal(1m, run["ufs0.keyslot.exhausted"]);

        run.Machine.RestartMeters();

        Assert.Equal(0m, run.Machine.Result().Metric("ufs0.keyslot.exhausted"));
    }
}

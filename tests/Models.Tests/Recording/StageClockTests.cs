using CryptoSim.Models.Recording;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Recording;

public sealed class StageClockTests
{
    private static VirtualTime At(long picoseconds) => new(picoseconds);

    [Fact]
    public void Each_stage_has_the_time_until_the_next_begins()
    {
        StageClock clock = default;
        clock.Begin(At(10));
        clock.Enter(BioStage.KcryptdWait, At(12));
        clock.Enter(BioStage.Conversion, At(17));
        clock.Enter(BioStage.KcryptdWait, At(18));
        clock.End(At(20));

        Assert.Equal([2, 7, 1, 0, 0, 0, 0, 0, 0], clock.ToArray());
    }

    [Fact]
    public void An_instant_before_the_running_stage_takes_nothing_back()
    {
        StageClock clock = default;
        clock.Begin(At(10));
        clock.Enter(BioStage.RingWait, At(20));
        clock.Enter(BioStage.Engine, At(15));
        clock.End(At(26));

        Assert.Equal([10, 0, 0, 0, 6, 0, 0, 0, 0], clock.ToArray());
    }

    [Fact]
    public void A_new_life_forgets_the_old_one()
    {
        StageClock clock = default;
        clock.Begin(At(10));
        clock.End(At(20));
        clock.Begin(At(20));
        clock.End(At(21));

        Assert.Equal(1, clock.ToArray().Sum());
    }

    [Fact]
    public void Whatever_it_is_told_the_parts_add_up() => Properties.Check(
        Arb.From(from stages in Gen.Choose(0, BioStages.Count - 1).ListOf() from times in Gen.Choose(0, 1000).ListOf() select (Stages: stages.ToArray(), Times: times.ToArray())),
        told =>
        {
            StageClock clock = default;
            clock.Begin(At(500));
            foreach ((int stage, int time) in told.Stages.Zip(told.Times))
            {
                clock.Enter((BioStage)stage, At(time));
            }

            clock.End(At(1000));
            Assert.Equal(500, clock.ToArray().Sum());
        });
}

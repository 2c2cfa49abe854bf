using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>DM-O7: at which request of one bio a ring that drops hangs. Submit cost c, service s, R entries of which one stays free.</summary>
public sealed class RingOverrunTests
{
    private static Scene With(long c, long s, int depth, long sectorSize = 512)
    {
        Scene scene = new();
        return scene with
        {
            TraceKept = 10_000,
            Ring = scene.Ring with { Depth = depth, WhenFull = WhenFull.DropRequest, Setup = Scene.Service(Duration.FromNanoseconds(s)) },
            Target = scene.Target with { SubmitCost = Duration.FromNanoseconds(c), SectorSize = new DataSize(sectorSize) },
        };
    }

    [Fact]
    public void The_default_ring_hangs_on_one_write_of_1_MiB_at_request_682()
    {
        MachineResult result = With(500, 2_000, 512).With("writer", Scene.Write("1MiB")).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("req#682", result.Busy().First());
        Assert.Single(result.Busy());
        Assert.Equal("req#682 was answered EBUSY by jr0 and is in no queue", result.Blocked("kcryptd/0").Owner);
        Assert.Equal(511, result.Metric("jr0.ring.max"));
    }

    [Fact]
    public void A_write_of_681_units_completes_and_one_of_682_does_not()
    {
        Assert.Equal("completed", With(500, 2_000, 512).With("writer", Scene.WriteUnits(681)).Run().End.Ends);
        Assert.Equal("deadlock", With(500, 2_000, 512).With("writer", Scene.WriteUnits(682)).Run().End.Ends);
    }

    [Fact]
    public void With_sectors_of_4_KiB_it_does_not_hang()
    {
        MachineResult result = With(500, 2_000, 512, sectorSize: 4096).With("writer", Scene.Write("1MiB")).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(256, result.Metric("crypto.requests"));
        Assert.Equal(0, result.Metric("crypto.ebusy"));
    }

    [Fact]
    public void It_does_not_hang_when_submission_is_slower_than_service()
    {
        Assert.Equal("completed", With(2_100, 2_000, 512).With("writer", Scene.Write("1MiB")).Run().End.Ends);
    }

    [Fact]
    public void Splits_of_128_KiB_need_three_bios_at_the_same_time()
    {
        string Ends(int iodepth) => With(500, 2_000, 512).With("writer", Scene.Write("128KiB", number: iodepth, iodepth: iodepth)).Run().End.Ends;

        Assert.Equal("completed", Ends(1));
        Assert.Equal("completed", Ends(2));
        Assert.Equal("deadlock", Ends(3));
    }

    [Fact]
    public void Without_submit_cost_it_hangs_at_the_first_request_beyond_the_entries()
    {
        Assert.Equal("req#512", With(0, 2_000, 512).With("writer", Scene.Write("1MiB")).Run().Busy().First());
    }

    [Fact]
    public void Submission_hangs_at_the_request_that_the_recurrence_gives()
    {
        var inputs = Arb.From(
            from c in Gen.Choose(1, 3_000)
            from s in Gen.Choose(1, 3_000)
            from ringSize in Gen.Choose(2, 9)
            from n in Gen.Choose(1, 2_048)
            select (C: (long)c, S: (long)s, Depth: 1 << ringSize, N: n));
        Properties.Check(
            inputs,
            i =>
            {
                MachineResult result = With(i.C, i.S, i.Depth).With("writer", Scene.WriteUnits(i.N)).Run();
                int hangsAt = HangsAt(i.C, i.S, i.Depth);
                return hangsAt <= i.N
                    ? result.End.Ends == "deadlock" && result.Busy().First() == $"req#{hangsAt}"
                    : result.End.Ends == "completed";
            },
            tests: 60);
    }

    [Fact]
    public void The_unit_of_the_hang_is_about_R_less_1_over_1_less_c_over_s()
    {
        foreach ((long c, long s, int depth) in new[] { (500L, 2_000L, 512), (1_000L, 3_000L, 256), (1_800L, 2_000L, 64), (100L, 2_000L, 512) })
        {
            double slope = 1 - ((double)c / s);   // entries gained for each submission; jobs end one at a time, so up to one entry early
            Assert.InRange(HangsAt(c, s, depth) - ((depth - 1) / slope), -1 / slope, 1);
        }
    }

    /// <summary>First k whose predecessors, less the jobs done until it is submitted at k*c, fill the entries. Job j ends at c + s*j: the engine is never idle.</summary>
    private static int HangsAt(long c, long s, int depth)
    {
        if (s <= c)
        {
            return int.MaxValue;
        }

        for (int k = 1; k <= 2_049; k++)
        {
            long done = c * (k - 1) / s;
            if (k - 1 - done >= depth - 1)
            {
                return k;
            }
        }

        return int.MaxValue;
    }
}

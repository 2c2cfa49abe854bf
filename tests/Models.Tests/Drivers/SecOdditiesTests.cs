using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>Where hip07's driver does something else than one expects (AA-29), and what one expects. Jobs of 2us.</summary>
public class SecOdditiesTests
{
    private static readonly SecOptions Unit = DriverBench.Timed(new SecOptions { Setup = null!, Bandwidth = default });

    [Fact]
    public void The_default_is_what_the_driver_does() => Assert.Equal(
        (NewIv.Waits, SoftqueueRoom.AvailAboveSteps, CtrIv.PlusOne, CbcDecryptIv.LastOutputBlock),
        (Unit.NewIv, Unit.SoftqueueRoom, Unit.CtrIv, Unit.CbcDecryptIv));

    // ── (a) ─────────────────────────────────────────────────────────────

    [Theory]
    [InlineData(NewIv.Waits, "r1 0@2,r2 0@4,r3 0@6,r4 0@8")]
    [InlineData(NewIv.Goes, "r1 0@2,r2 0@2,r3 0@4,r4 0@4")]
    public void Two_sockets_of_one_transformation_wait_for_each_other_unless_IVs_are_compared(NewIv newIv, string log)
    {
        using ChainBench bench = new(Unit with { NewIv = newIv, Engines = 4 });
        IvCell other = ChainBench.NewIv();
        bench.At(0, () =>
        {
            bench.Submit();
            bench.Submit(other);
            bench.Submit();
            bench.Submit(other);
        });
        bench.Run();
        Assert.Equal(log.Split(','), bench.Log);
        Assert.Equal("0 0 1 2", bench.Chain);
    }

    [Fact]
    public void Where_IVs_are_compared_nobody_overtakes_in_the_softqueue()
    {
        using ChainBench bench = new(Unit with { NewIv = NewIv.Goes, Engines = 4 });
        bench.At(0, () =>
        {
            bench.SubmitAll(2);
            bench.Submit(ChainBench.NewIv());
        });
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4", "r3 0@4"], bench.Log);
    }

    [Fact]
    public void Where_IVs_are_compared_a_ring_that_is_full_sends_a_new_IV_to_the_softqueue()
    {
        using ChainBench bench = new(Unit with { NewIv = NewIv.Goes, Engines = 4, QueueLen = 1 });
        bench.At(0, () =>
        {
            bench.Submit();
            bench.Submit(ChainBench.NewIv(), mayBacklog: true);
        });
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4"], bench.Log.Where(line => !line.Contains("EINPROGRESS", StringComparison.Ordinal)));
    }

    // ── (b) ─────────────────────────────────────────────────────────────

    [Theory]
    [InlineData(SoftqueueRoom.AvailAboveSteps)]
    [InlineData(SoftqueueRoom.AvailBelowSteps)]
    public void The_514th_request_is_accepted_and_never_answered(SoftqueueRoom room)
    {
        using ChainBench bench = new(Unit with { SoftqueueRoom = room });
        bench.At(0, () => Assert.Equal(["EINPROGRESS"], bench.SubmitAll(514, mayBacklog: true).Split(' ').Distinct()));
        bench.At(5_000_000, () => bench.Submit());
        bench.Run();
        Assert.Equal(514, bench.Log.Count);
        Assert.DoesNotContain(bench.Log, line => line.StartsWith("r514 ", StringComparison.Ordinal));
        Assert.Equal("r515 0@5002", bench.Log[^1]);
        Assert.Equal(1, bench.Driver.InFlight);
        Assert.Contains("softqueue was full", bench.Requests[513].WhyNobody, StringComparison.Ordinal);
    }

    [Fact]
    public void Asked_about_the_softqueue_the_driver_keeps_the_514th_in_its_backlog()
    {
        using ChainBench bench = new(Unit with { SoftqueueRoom = SoftqueueRoom.OfItsQueue });
        bench.At(0, () => Assert.EndsWith("EINPROGRESS EBUSY EBUSY", bench.SubmitAll(515, mayBacklog: true), StringComparison.Ordinal));
        bench.Run();
        Assert.Equal(["r514 EINPROGRESS@1026", "r513 0@1026", "r515 EINPROGRESS@1028", "r514 0@1028", "r515 0@1030"], bench.Log.TakeLast(5));
        Assert.Equal(bench.InOneCall(), bench.Result);
    }

    [Fact]
    public void Asked_about_the_softqueue_the_driver_refuses_the_514th_without_MAY_BACKLOG()
    {
        using ChainBench bench = new(Unit with { SoftqueueRoom = SoftqueueRoom.OfItsQueue });
        bench.At(0, () => Assert.EndsWith("EINPROGRESS EBUSY", bench.SubmitAll(514), StringComparison.Ordinal));
        bench.Run();
        Assert.Equal(0, bench.Driver.InFlight);
    }

    [Fact]
    public void With_a_ring_that_is_full_the_comparison_keeps_a_request_back_because_the_softqueue_has_room()
    {
        using ChainBench asWritten = new(Unit with { QueueLen = 1, Softqueue = 2 });
        asWritten.At(0, () => Assert.Equal("EINPROGRESS EBUSY", asWritten.SubmitAll(2, mayBacklog: true)));
        asWritten.Run();
        using ChainBench turnedRound = new(Unit with { QueueLen = 1, Softqueue = 2, SoftqueueRoom = SoftqueueRoom.AvailBelowSteps });
        turnedRound.At(0, () => Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS EBUSY", turnedRound.SubmitAll(4, mayBacklog: true)));
        turnedRound.Run();
    }

    [Theory]
    [InlineData(SoftqueueRoom.AvailAboveSteps, 1, "EINPROGRESS EINPROGRESS")]
    [InlineData(SoftqueueRoom.AvailAboveSteps, 2, "EINPROGRESS EBUSY EBUSY")]
    [InlineData(SoftqueueRoom.AvailBelowSteps, 2, "EINPROGRESS EINPROGRESS EINPROGRESS EBUSY")]
    public void Room_for_as_many_as_are_needed_is_neither_more_nor_less_than_that(SoftqueueRoom room, int softqueue, string answers)
    {
        using ChainBench bench = new(Unit with { QueueLen = 1, Softqueue = softqueue, SoftqueueRoom = room });
        string found = "";
        bench.At(0, () => found = bench.SubmitAll(answers.Split(' ').Length, mayBacklog: true));
        bench.Run();
        Assert.Equal(answers, found);
    }

    [Fact]
    public void A_request_of_which_one_element_is_lost_never_ends()
    {
        using ChainBench bench = new(Unit with { MaxElement = new DataSize(16), Softqueue = 1 });
        bench.At(0, () => bench.Submit(bytes: 48));
        bench.Run();
        Assert.Empty(bench.Log);
        Assert.Equal(1, bench.Driver.InFlight);
    }

    // ── (c), (d) ────────────────────────────────────────────────────────

    [Theory]
    [InlineData(CtrIv.PlusOne, 16, 1)]
    [InlineData(CtrIv.PlusOne, 48, 1)]
    [InlineData(CtrIv.PlusBlocks, 16, 1)]
    [InlineData(CtrIv.PlusBlocks, 48, 3)]
    public void The_counter_goes_on_by_one_or_by_the_blocks_of_the_request(CtrIv ctrIv, int bytes, int plus)
    {
        using ChainBench bench = new(Unit with { CtrIv = ctrIv }, BlockMode.Ctr);
        bench.At(0, () => bench.Submit(bytes: bytes));
        bench.Run();
        Assert.Equal(IvValue.Parse(ChainBench.UserIv).Plus(plus), bench.Iv.Value);
    }

    [Fact]
    public void The_counter_that_goes_on_by_one_is_the_one_that_stands_in_memory_then()
    {
        using ChainBench bench = new(Unit, BlockMode.Ctr);
        IvValue other = new(1, 2);
        bench.At(0, () => bench.Submit());
        bench.At(1000, () => bench.Iv.Set(other));   // sendmsg() with ALG_SET_IV while the engine works
        bench.Run();
        Assert.Equal(other.Plus(1), bench.Iv.Value);
    }

    [Fact]
    public void By_one_the_second_request_of_a_CTR_stream_uses_key_stream_of_the_first_again()
    {
        using ChainBench bench = new(Unit, BlockMode.Ctr);
        bench.At(0, () => bench.SubmitAll(2, bytes: 32));
        bench.Run();
        byte[] plaintext = new byte[64];
        new Payload().Read(0, plaintext);
        byte[] stream = [.. bench.Result.Zip(plaintext, (a, b) => (byte)(a ^ b))];
        Assert.Equal(stream[16..32], stream[32..48]);
    }

    [Theory]
    [InlineData(CbcDecryptIv.LastOutputBlock, 16)]
    [InlineData(CbcDecryptIv.LastOutputBlock, 48)]
    [InlineData(CbcDecryptIv.LastInputBlock, 48)]
    public void A_decryption_leaves_the_last_block_of_what_came_out_or_of_what_went_in(CbcDecryptIv policy, int bytes)
    {
        using ChainBench bench = new(Unit with { CbcDecryptIv = policy });
        bench.At(0, () => bench.Submit(bytes: bytes, decrypts: true));
        bench.Run();
        byte[] ciphertext = new byte[bytes];
        new Payload().Read(0, ciphertext);
        byte[] left = policy == CbcDecryptIv.LastOutputBlock ? bench.Result : ciphertext;
        Assert.Equal(IvValue.Read(left.AsSpan(bytes - 16)), bench.Iv.Value);
    }

    [Theory]
    [InlineData(CbcDecryptIv.LastOutputBlock, 1)]
    [InlineData(CbcDecryptIv.LastInputBlock, 0)]
    public void A_chain_of_decryptions_is_wrong_in_the_first_block_of_each_but_the_first(CbcDecryptIv policy, int wrong)
    {
        using ChainBench bench = new(Unit with { CbcDecryptIv = policy });
        bench.At(0, () =>
        {
            bench.Submit(bytes: 48, decrypts: true);
            bench.Submit(bytes: 48, decrypts: true);
        });
        bench.Run();
        byte[] right = bench.InOneCall(decrypts: true);
        int[] blocks = [.. Enumerable.Range(0, 6).Where(block => !bench.Result.AsSpan(block * 16, 16).SequenceEqual(right.AsSpan(block * 16, 16)))];
        Assert.Equal(wrong == 0 ? [] : [3], blocks);
    }

    [Fact]
    public void Elements_of_one_decryption_are_a_chain_that_the_plaintext_breaks_too()
    {
        using ChainBench bench = new(Unit with { MaxElement = new DataSize(16) });
        bench.At(0, () => bench.Submit(bytes: 48, decrypts: true));
        bench.Run();
        Assert.Equal(2, bench.Requests[0].StaleParts);
        Assert.NotEqual(bench.InOneCall(decrypts: true), bench.Result);
    }

    [Fact]
    public void The_last_block_of_an_encryption_is_right_under_either_policy()
    {
        foreach (CbcDecryptIv policy in Enum.GetValues<CbcDecryptIv>())
        {
            using ChainBench bench = new(Unit with { CbcDecryptIv = policy });
            bench.At(0, () => bench.SubmitAll(3, bytes: 32));
            bench.Run();
            Assert.Equal(bench.InOneCall(), bench.Result);
        }
    }
}

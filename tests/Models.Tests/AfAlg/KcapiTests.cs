using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>The program kcapi: the vectors of mail 004, chunks of 64, and what an event with an error does.</summary>
public sealed class KcapiTests
{
    private static readonly string Chained = AfAlgScene.Chain[0] + AfAlgScene.Chain[1];
    private static readonly string Raced = AfAlgScene.Chain[0] + AfAlgScene.Chain[0];

    [Theory]
    [InlineData(Serialize.Mutex, Dependency.None, Latch.BeforeBuildMap)]
    [InlineData(Serialize.MutexUnlessDriver, Dependency.None, Latch.AtSubmission)]
    [InlineData(Serialize.MutexUnlessDriver, Dependency.SoftwareQueue, Latch.AtSubmission)]
    [InlineData(Serialize.None, Dependency.SoftwareQueue, Latch.AtEngineStart)]
    [InlineData(Serialize.None, Dependency.Hardware, Latch.AtEngineStart)]
    [InlineData(Serialize.ForcedSync, Dependency.None, Latch.AtSubmission)]
    [InlineData(Serialize.NoAio, Dependency.None, Latch.BeforeBuildMap)]
    public void Whoever_serialises_gives_the_chained_vector(Serialize serialize, Dependency dependency, Latch latch)
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = serialize }, AfAlgScene.Slow with { Dependency = dependency, Latch = latch });

        Assert.Equal(("completed", Chained, "1,2"), (result.End.Ends, result.Hex(), result.Depths()));
    }

    [Theory]
    [InlineData(Serialize.None, false)]
    [InlineData(Serialize.Snapshot, false)]
    [InlineData(Serialize.MutexUnlessDriver, true)]   // the flag of a driver that does not serialise
    public void Whoever_does_not_gives_the_same_block_twice(Serialize serialize, bool flag)
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = serialize }, AfAlgScene.Slow with { SerializesIv = flag });

        Assert.Equal(("corruption", "AA-16", Raced, "1,1"), (result.End.Ends, result.End.Rule, result.Hex(), result.Depths()));
    }

    [Theory]
    [InlineData(Latch.BeforeBuildMap, "1,1")]
    [InlineData(Latch.AtSubmission, "1,2")]
    [InlineData(Latch.AtEngineStart, "1,2")]
    public void A_fast_engine_hides_the_race_from_a_driver_that_reads_the_IV_late(Latch latch, string depths)
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = Serialize.None }, AfAlgScene.Fast with { Latch = latch });

        Assert.Equal(depths, result.Depths());
    }

    [Fact]
    public void A_queue_behind_a_copy_of_the_IV_serialises_for_nothing()
    {
        MachineResult result = AfAlgScene.Run(
            AfAlgScene.Kcapi with { Serialize = Serialize.None }, AfAlgScene.Slow with { Latch = Latch.BeforeBuildMap, Dependency = Dependency.SoftwareQueue });

        Assert.Equal(Raced, result.Hex());
    }

    [Fact]
    public void Inline_IVs_are_all_that_of_the_command_line_and_nothing_is_stale()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = Serialize.InlineIv });

        Assert.Equal(("completed", Raced, "1,1"), (result.End.Ends, result.Hex(), result.Depths()));
    }

    [Theory]
    [InlineData(KcapiType.Sync, "1,1")]
    [InlineData(KcapiType.SyncStream, "1,2")]
    public void Calls_that_wait_begin_anew_unless_they_are_a_stream(KcapiType type, string depths)
    {
        foreach (Serialize serialize in Enum.GetValues<Serialize>().Where(s => s != Serialize.InlineIv))
        {
            MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Type = type, Serialize = serialize });

            Assert.Equal(("completed", depths), (result.End.Ends, result.Depths()));
        }
    }

    [Fact]
    public void Each_chunk_of_64_sends_the_IV_again_and_begins_a_chain_of_its_own()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Iovecs = 65, Serialize = Serialize.Mutex });

        Assert.Equal(("completed", string.Join(',', Enumerable.Range(1, 64)) + ",1"), (result.End.Ends, result.Depths()));
        Assert.Equal(AfAlgScene.Chain[0], result.Hex()[(64 * 32)..]);
    }

    [Fact]
    public void An_event_with_EBUSY_ends_the_call_and_nothing_is_printed()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = Serialize.OneInFlight });

        Assert.Equal(("io-error", "1 I/Os of aio failed; first: EBUSY in the event of IOCB 2"), (result.End.Ends, result.End.Message));
        Assert.Empty(result.Outputs);
    }

    [Fact]
    public void A_call_that_failed_sends_no_further_chunk()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Iovecs = 128, Serialize = Serialize.OneInFlight });

        Assert.Equal(64, result.Metric("aio.ios") + result.Metric("aio.errors"));
    }

    [Theory]
    [InlineData(KcapiRetry.Retry, 16, "completed")]
    [InlineData(KcapiRetry.RetryBatch, 4, "completed")]
    [InlineData(KcapiRetry.RetryBatch, 40, "corruption")]
    public void A_user_who_tries_again_one_by_one_keeps_the_order_and_one_who_does_so_in_batches_can_lose_it(KcapiRetry retry, int iovecs, string ends)
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Iovecs = iovecs, Serialize = Serialize.OneInFlight, OnEbusy = retry });

        int[] depths = [.. result.Depths().Split(',').Select(int.Parse)];
        Assert.Equal(ends, result.End.Ends);
        Assert.Equal(Enumerable.Range(1, iovecs), depths.Order());   // each is a link of one chain
        Assert.Equal(ends == "completed", depths.SequenceEqual(depths.Order()));
    }

    [Fact]
    public void A_result_of_0_as_before_4_14_is_read_as_the_whole_of_the_IOVEC()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = Serialize.Snapshot, Chained = false });

        Assert.Equal(("completed", 32L), (result.End.Ends, result.Outputs.Single().Bytes));
    }

    [Theory]
    [InlineData("abc", "aio.key", "is not 16, 24 or 32 bytes in pairs of hexadecimal digits")]
    [InlineData("abcd", "aio.key", "is 2 bytes; it is 16, 24 or 32 bytes")]
    public void A_key_of_no_size_is_told_before_the_run(string key, string path, string message) =>
        Assert.Equal([(path, message)], AfAlgRules.FindProblems("aio", AfAlgScene.Kcapi with { Key = key }).Select(problem => (problem.Path, problem.Message)));

    [Theory]
    [InlineData(KcapiCipher.CbcAes, 2, true)]
    [InlineData(KcapiCipher.CtrAes, 2, true)]
    [InlineData(KcapiCipher.CtrAes, 1, false)]
    public void Data_that_end_within_a_block_are_for_one_piece_of_a_counter_mode(KcapiCipher cipher, int iovecs, bool isRefused) =>
        Assert.Equal(isRefused, AfAlgRules.FindProblems("aio", AfAlgScene.Kcapi with { Cipher = cipher, Iovecs = iovecs, Data = "0011" }).Any());

    [Fact]
    public void A_cipher_of_the_CPU_chains_whatever_AF_ALG_does()
    {
        MachineResult result = AfAlgScene.Run(AfAlgScene.Kcapi with { Serialize = Serialize.None }, new SoftwareCipherOptions { Cpu = CipherCpu.Cloudflare2020 });

        Assert.Equal(("completed", Chained), (result.End.Ends, result.Hex()));
    }
}

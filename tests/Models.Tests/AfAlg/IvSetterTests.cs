using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>Another task sends ALG_SET_IV while a request is in flight: AA-21.</summary>
public sealed class IvSetterTests
{
    private static readonly IvValue Iv = IvValue.Parse("7fbc02ebf5b93322329df9bfccb635af");
    private static readonly IvValue Other = IvValue.Parse("00000000000000000000000000000001");

    /// <summary>Two IOCBs are submitted at 2us, the second waits for the engine until 12us; the IV is set at 5us, and a third is submitted at 30us.</summary>
    [Theory]
    [InlineData(Serialize.None, Latch.AtEngineStart, new long[] { 1, 2 })]     // the second uses the IV that was set for the third, and its write-back overwrites it
    [InlineData(Serialize.None, Latch.AtSubmission, new long[] { 1, 2 })]     // the race of the two themselves, and the write-back overwrites what was set
    [InlineData(Serialize.OneInFlight, Latch.AtEngineStart, new long[] { 1 })]
    [InlineData(Serialize.SnapshotOneInFlight, Latch.AtEngineStart, new long[] { 1 })]
    public void What_was_set_meanwhile_reaches_the_request_in_flight_or_is_overwritten_by_its_write_back(Serialize serialize, Latch latch, long[] stale)
    {
        AfAlgOptions options = SocketBench.Timed(new AfAlgOptions { Engine = "eng0", Serialize = serialize });
        using SocketBench bench = new(options, SocketBench.Engine() with { Latch = latch });
        bench.Send(1, new SendMessage(48, More: true) { Iv = Iv, Op = AlgOp.Encrypt });
        bench.Read(2, 16);
        bench.Read(2, 16);
        bench.Send(5, new SendMessage(0, More: true) { Iv = Other, Op = AlgOp.Encrypt });
        bench.Read(30, 16);
        bench.Run();
        Assert.Equal(stale, bench.Stale);
    }

    [Theory]
    [InlineData(Serialize.ForcedSync)]
    [InlineData(Serialize.NoAio)]
    public void A_read_that_is_waited_for_keeps_the_socket_locked_and_so_its_IV(Serialize serialize)
    {
        using SocketBench bench = new(SocketBench.Timed(new AfAlgOptions { Engine = "eng0", Serialize = serialize }), SocketBench.Engine() with { Latch = Latch.AtEngineStart });
        bench.Send(1, new SendMessage(48, More: true) { Iv = Iv, Op = AlgOp.Encrypt });
        bench.Read(2, 16);
        bench.Read(2, 16);
        bench.Send(5, new SendMessage(0, More: true) { Iv = Other, Op = AlgOp.Encrypt });
        bench.Read(30, 16);
        bench.Run();
        Assert.Empty(bench.Stale);
        Assert.Equal("send 0: 0@22", bench.Log[3]);   // behind both reads
    }

    [Theory]
    [InlineData(Serialize.None, true)]
    [InlineData(Serialize.Mutex, true)]
    [InlineData(Serialize.OneInFlight, true)]
    [InlineData(Serialize.SnapshotOneInFlight, false)]
    [InlineData(Serialize.ForcedSync, false)]
    [InlineData(Serialize.NoAio, false)]
    [InlineData(Serialize.InlineIv, false)]
    public void Neither_mutex_nor_one_in_flight_keeps_a_task_from_setting_the_IV_of_a_request_that_waits_for_an_engine(Serialize serialize, bool replaced)
    {
        AfAlgOptions aio = AioBench.Aio with
        {
            Serialize = serialize,
            Sockets = 3,             // two others keep the engine busy
            NumberIos = 200,
            SetIv = SetIv.Each,
            IvSetter = new IvSetterOptions { Every = new ExponentialDuration(Scene.Us * 50) },
        };
        MachineResult result = AioBench.Run(aio, SocketBench.Engine() with { Latch = Latch.AtEngineStart });
        Assert.Equal(replaced ? "corruption" : "completed", result.End.Ends);
        Assert.Equal(replaced, result.Metric("aio.stale") > 0);
        Assert.Equal(600, result.Metric("aio.ios"));
    }
}

using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>The workload: io_submit, several tasks on a socket, limits and metrics.</summary>
public sealed class AioTaskTests
{
    private static AfAlgOptions Aio(Serialize? serialize, int ios, int iodepth = 1, int batch = 1) =>
        AioBench.Aio with { Serialize = serialize, NumberIos = ios, Iodepth = iodepth, IodepthBatch = batch };

    private static (string Ends, decimal Stale) End(MachineResult result) => (result.End.Ends, result.Metric("aio.stale"));

    [Theory]
    [InlineData(KernelVersion.V41, 3)]
    [InlineData(KernelVersion.V65, 3)]
    [InlineData(KernelVersion.V36, 0)]
    public void By_release_IOCBs_in_flight_start_from_the_users_IV_or_there_are_none(KernelVersion version, int stale)
    {
        MachineResult result = AioBench.Run(Aio(null, ios: 4, iodepth: 4), version: version);
        Assert.Equal((stale > 0 ? "corruption" : "completed", stale), End(result));
    }

    [Fact]
    public void Since_6_8_the_second_in_flight_fails_the_call_or_is_tried_again()
    {
        MachineResult failed = AioBench.Run(Aio(null, ios: 4, iodepth: 4));
        Assert.Equal(("io-error", 1m, 1m), (failed.End.Ends, failed.Metric("aio.ebusy"), failed.Metric("aio.errors")));
        MachineResult retried = AioBench.Run(Aio(null, ios: 4, iodepth: 4) with { OnEbusy = OnRefused.Retry });
        Assert.Equal(("completed", 3m, 7m, 1m), (retried.End.Ends, retried.Metric("aio.ebusy"), retried.Metric("aio.iocbs"), retried.Metric("aio.in_flight.max")));
    }

    [Fact]
    public void Each_IOCB_of_an_io_submit_that_overlaps_is_refused_by_itself()
    {
        MachineResult result = AioBench.Run(Aio(Serialize.OneInFlight, ios: 4, iodepth: 4, batch: 4) with { OnEbusy = OnRefused.Retry });
        Assert.Equal(("completed", 3m + 2 + 1), (result.End.Ends, result.Metric("aio.ebusy")));
        Assert.Equal(0, result.Metric("aio.stale"));
    }

    [Fact]
    public void The_mutex_puts_the_submitting_task_to_sleep_so_that_later_IOCBs_are_not_even_prepared()
    {
        AfAlgOptions aio = Aio(Serialize.Mutex, ios: 4, iodepth: 4, batch: 4) with { SocketWork = Scene.Us, Wakeup = Scene.Us };
        MachineResult result = AioBench.Run(aio, SocketBench.Engine() with { BuildMap = Scene.Us * 2 });
        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(1 + (4 * (2 + 10)) + (3 * 1) + 1, result.End.AtPicoseconds / 1_000_000m, 2);   // S is hidden behind X; W, B and X are not, nor is the last wake-up
        Assert.Equal(3, result.Metric("aio.ivlock.waits"));
        Assert.Equal(10_000, result.Metric("aio.ivlock.waited.max"));   // from 1us of socket work into the job until the wake-up
        Assert.Equal(2, result.Metric("aio.in_flight.max"));
    }

    [Fact]
    public void Several_tasks_on_one_socket_share_its_stream_and_queue_for_its_mutex()
    {
        MachineResult result = AioBench.Run(Aio(Serialize.Mutex, ios: 12) with { Numjobs = 3 });
        Assert.Equal(("completed", 12m, 0m), (result.End.Ends, result.Metric("aio.ios"), result.Metric("aio.stale")));
        MachineResult raced = AioBench.Run(Aio(Serialize.None, ios: 12) with { Numjobs = 3 });
        Assert.Equal("corruption", raced.End.Ends);
        Assert.Equal(12, raced.Metric("aio.ios"));
    }

    [Theory]
    [InlineData(OnRefused.Fail, "io-error")]
    [InlineData(OnRefused.Retry, "completed")]
    public void What_a_full_ring_refuses_is_sent_again_or_the_call_has_failed(OnRefused onRefused, string ends)
    {
        AfAlgOptions aio = Aio(Serialize.None, ios: 8, iodepth: 4) with { OnEbusy = onRefused, Chained = false };
        MachineResult result = AioBench.Run(aio, SocketBench.Engine(depth: 2));
        Assert.Equal(ends, result.End.Ends);
        Assert.True(result.Metric("aio.refused") > 0);
        Assert.Equal(result.Metric("eng0.ebusy"), result.Metric("aio.refused"));
        Assert.Equal(onRefused == OnRefused.Retry ? 8 : 2, result.Metric("aio.ios"));
    }

    [Fact]
    public void An_IOCB_refused_by_the_driver_in_the_middle_of_an_io_submit_breaks_the_chain_of_the_rest()
    {
        AfAlgOptions aio = Aio(Serialize.None, ios: 6, iodepth: 6, batch: 6) with { OnEbusy = OnRefused.Retry };
        CbcEngineOptions engine = SocketBench.Engine(depth: 2) with { Dependency = Dependency.Hardware, Latch = Latch.AtEngineStart, BuildMap = Scene.Us * 4 };
        MachineResult result = AioBench.Run(aio, engine);
        Assert.True(result.Metric("aio.refused") > 0);
        Assert.Equal("corruption", result.End.Ends);   // what came behind the refused one starts from what stood before it
        MachineResult one = AioBench.Run(aio with { IodepthBatch = 1 }, engine);
        Assert.True(one.Metric("aio.refused") > 0);
        Assert.Equal(("completed", 0), End(one));
    }

    [Fact]
    public void The_receive_buffer_limits_how_many_are_in_flight_and_reads_beyond_it_get_nothing()
    {
        AfAlgOptions aio = Aio(Serialize.InlineIv, ios: 8, iodepth: 8) with { Bs = DataSize.FromKibibytes(64), Content = Content.Symbolic };
        MachineResult result = AioBench.Run(aio);
        Assert.Equal(("completed", 4m), (result.End.Ends, result.Metric("aio.in_flight.max")));   // 208 KiB: 64, 128, 192, and 16 KiB are left
        Assert.True(result.Metric("aio.short_reads") > 0);
        Assert.Equal(8, result.Metric("aio.ios"));
    }

    [Theory]
    [InlineData(KernelVersion.V65, 17)]
    [InlineData(KernelVersion.V69, 64)]
    public void Optmem_max_limits_how_many_are_in_flight_and_is_larger_since_6_8(KernelVersion version, int most)
    {
        AfAlgOptions aio = Aio(Serialize.InlineIv, ios: 64, iodepth: 64) with { OnEbusy = OnRefused.Retry };
        MachineResult result = AioBench.Run(aio, version: version);
        Assert.Equal(("completed", (decimal)most), (result.End.Ends, result.Metric("aio.in_flight.max")));
        Assert.Equal(most < 64, result.Metric("aio.enomem") > 0);
    }

    [Fact]
    public void One_sendmsg_for_an_io_submit_larger_than_the_send_buffer_waits_for_a_reader_that_never_comes()
    {
        AfAlgOptions aio = Aio(Serialize.None, ios: 32, iodepth: 32, batch: 32) with { Bs = DataSize.FromKibibytes(8), Content = Content.Symbolic };
        MachineResult result = AioBench.Run(aio);
        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal("completed", AioBench.Run(aio with { Sndbuf = DataSize.FromKibibytes(256), Serialize = Serialize.InlineIv }).End.Ends);
    }

    [Fact]
    public void A_last_part_of_a_block_is_read_because_the_last_message_says_that_no_more_comes()
    {
        AfAlgOptions aio = Aio(Serialize.None, ios: 3) with { Bs = new DataSize(20), Mode = BlockMode.Ctr };
        MachineResult result = AioBench.Run(aio);
        Assert.Equal(("completed", 0), End(result));
        Assert.Equal(4, result.Metric("aio.ios"));   // 16, 16, 16 and 12
        Assert.Equal("deadlock", AioBench.Run(aio with { Serialize = Serialize.ForcedSync }).End.Ends);   // a synchronous read of 20 waits for the rest of the block
    }

    [Fact]
    public void Ctx_that_is_not_cleared_refuses_all_reads_of_some_sockets()
    {
        AfAlgOptions aio = Aio(Serialize.OneInFlight, ios: 2) with { Sockets = 16, NewContext = NewContext.LeftAsAllocated };
        MachineResult result = AioBench.Run(aio);
        Assert.Equal("io-error", result.End.Ends);
        Assert.InRange(result.Metric("aio.errors"), 1, 15);
        Assert.Equal(16 - result.Metric("aio.errors"), result.Metric("aio.ios") / 2);
        Assert.Equal("completed", AioBench.Run(aio with { NewContext = NewContext.Zeroed }).End.Ends);
    }

    [Fact]
    public void In_steady_state_an_IOCB_costs_no_allocation()
    {
        AfAlgOptions aio = Aio(Serialize.InlineIv, ios: 1_000_000, iodepth: 8, batch: 4) with { Content = Content.Symbolic, SocketWork = Scene.Us };
        using Machine machine = AioBench.Build(aio with { Sockets = 2 });
        machine.Run(maxEvents: 100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long requests = machine.Ciphers[0].Submitted;
        machine.Run(maxEvents: 100_000);
        requests = machine.Ciphers[0].Submitted - requests;
        Assert.True(requests > 5000, $"{requests} requests");
#if !DEBUG
        Assert.InRange((double)(GC.GetAllocatedBytesForCurrentThread() - before) / requests, 0, 0.5);
#endif
    }
}

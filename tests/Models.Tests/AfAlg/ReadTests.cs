using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>recvmsg() on an operation socket: AA-4 to AA-12.</summary>
public sealed class ReadTests
{
    private static readonly IvValue Iv = IvValue.Parse("7fbc02ebf5b93322329df9bfccb635af");

    private static AfAlgOptions Of(Serialize serialize, BlockMode mode = BlockMode.Cbc) => SocketBench.Timed(new AfAlgOptions { Engine = "eng0", Serialize = serialize, Mode = mode });

    private static SendMessage First(long bytes, bool more = true) => new(bytes, more) { Iv = Iv, Op = AlgOp.Encrypt };

    [Fact]
    public void A_read_waits_for_the_first_message_and_with_MSG_MORE_for_a_block()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Read(1, 64);
        bench.Send(3, First(15));
        bench.Send(5, new SendMessage(1, More: true));
        bench.Run();
        Assert.Equal(["send 15: 15@3", "send 1: 1@5", "read 64: queued@5", "iocb 1: 16@15"], bench.Log);
        Assert.Equal(1, bench.Socket.Meter.DataWaits);
    }

    [Theory]
    [InlineData(40, true, 64, 32)]
    [InlineData(40, false, 64, 40)]
    [InlineData(40, false, 20, 16)]
    [InlineData(40, true, 20, 16)]
    [InlineData(5, false, 64, 5)]
    public void With_more_to_come_or_less_room_than_data_the_length_is_rounded_down_to_the_chunksize(int sent, bool more, int room, int length)
    {
        using SocketBench bench = new(Of(Serialize.None, BlockMode.Ctr));
        bench.Send(1, First(sent, more));
        bench.Read(2, room);
        bench.Run();
        Assert.Equal($"iocb 1: {length}@12", bench.Log[2]);
    }

    [Fact]
    public void A_cipher_of_blocks_refuses_a_last_part_of_one()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Send(1, First(40, more: false));
        bench.Read(2, 64);
        bench.Run();
        Assert.Equal("read 64: EINVAL@2", bench.Log[1]);
        Assert.Null(bench.Socket.FindLeak());
    }

    [Fact]
    public void A_synchronous_read_takes_rounds_until_its_room_is_full_and_one_of_AIO_takes_one()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Send(1, First(16));
        bench.Read(2, 48, isAio: false);
        bench.Send(20, new SendMessage(32, More: true));
        bench.Run();
        Assert.Equal(["send 16: 16@1", "send 32: 32@20", "read 48: 48@30"], bench.Log);

        using SocketBench aio = new(Of(Serialize.None));
        aio.Send(1, First(16));
        aio.Read(2, 48);
        aio.Send(20, new SendMessage(32, More: true));
        aio.Run();
        Assert.Equal(["send 16: 16@1", "read 48: queued@2", "iocb 1: 16@12", "send 32: 32@20"], aio.Log);
    }

    [Fact]
    public void A_synchronous_read_keeps_the_socket_locked_and_one_of_AIO_does_not()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Send(1, First(16));
        bench.Read(2, 16, isAio: false);
        bench.Send(3, new SendMessage(16, More: true));
        bench.Run();
        Assert.Equal(["send 16: 16@1", "read 16: 16@12", "send 16: 16@12"], bench.Log);

        using SocketBench aio = new(Of(Serialize.None));
        aio.Send(1, First(16));
        aio.Read(2, 16);
        aio.Send(3, new SendMessage(16, More: true));
        aio.Run();
        Assert.Equal(["send 16: 16@1", "read 16: queued@2", "send 16: 16@3", "iocb 1: 16@12"], aio.Log);
    }

    [Theory]
    [InlineData(Serialize.ForcedSync)]
    [InlineData(Serialize.NoAio)]
    public void Where_AIO_is_waited_for_io_submit_returns_with_the_data(Serialize serialize)
    {
        using SocketBench bench = new(Of(serialize));
        bench.Send(1, First(32));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Run();
        Assert.Equal(["send 32: 32@1", "read 16: 16@12", "read 16: 16@22"], bench.Log);
    }

    [Fact]
    public void A_full_ring_answers_AIO_with_EBUSY_and_takes_its_data_along_and_keeps_a_read_that_is_waited_for()
    {
        using SocketBench bench = new(Of(Serialize.None), SocketBench.Engine(depth: 1));
        List<long> positions = [];
        bench.OnEnd = areq => positions.Add(areq.Position);
        bench.Send(1, First(64));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Read(4, 16, isAio: false);
        bench.Read(30, 16);
        bench.Run();
        Assert.Equal(["read 16: queued@2", "read 16: EBUSY@3", "iocb 1: 16@12", "read 16: 16@22", "read 16: queued@30", "iocb 4: 16@40"], bench.Log.Skip(1));
        Assert.Equal([0, 48], positions);   // the 16 bytes from 16 on are gone
        Assert.Equal((1, 0), (bench.Socket.Meter.Refused, bench.Socket.Meter.Ebusy));
        Assert.Null(bench.Socket.FindLeak());
    }

    [Fact]
    public void In_4_1_a_full_ring_keeps_an_IOCB_as_backlog_and_its_notification_is_no_end()
    {
        using SocketBench bench = new(Of(Serialize.Snapshot), SocketBench.Engine(depth: 1), KernelVersion.V41);
        bench.Send(1, First(48));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Read(4, 16);
        bench.Run();
        Assert.Equal(["read 16: queued@2", "read 16: queued@3", "read 16: queued@4", "iocb 1: 16@12", "iocb 2: 16@22", "iocb 3: 16@32"], bench.Log.Skip(1));
    }

    [Fact]
    public void While_an_areq_is_in_flight_the_next_is_EBUSY_and_its_data_stay()
    {
        using SocketBench bench = new(Of(Serialize.OneInFlight));
        List<long> positions = [];
        bench.OnEnd = areq => positions.Add(areq.Position);
        bench.Send(1, First(32));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Read(4, 16, isAio: false);
        bench.Read(13, 16);
        bench.Run();
        Assert.Equal(["read 16: queued@2", "read 16: EBUSY@3", "read 16: EBUSY@4", "iocb 1: 16@12", "read 16: queued@13", "iocb 2: 16@23"], bench.Log.Skip(1));
        Assert.Equal([0, 16], positions);
        Assert.Equal((0, 2), (bench.Socket.Meter.Refused, bench.Socket.Meter.Ebusy));
        Assert.Empty(bench.Stale);
    }

    [Fact]
    public void A_socket_whose_ctx_was_not_cleared_may_refuse_every_read_for_ever()
    {
        using SocketBench bench = new(Of(Serialize.OneInFlight));
        bench.Socket.LeaveInflight();
        bench.Send(1, First(32));
        bench.Read(2, 16);
        bench.Read(900, 16);
        bench.Run();
        Assert.Equal(["read 16: EBUSY@2", "read 16: EBUSY@900"], bench.Log.Skip(1));
    }

    [Fact]
    public void A_read_pins_runs_of_16_pages_while_a_page_of_the_receive_buffer_is_left_and_then_gets_nothing()
    {
        using SocketBench bench = new(Of(Serialize.None) with { Rcvbuf = new DataSize(2 * 65_536), Sndbuf = new DataSize(1 << 20), Content = Content.Symbolic });
        bench.Send(1, First(1 << 18));
        bench.Read(2, 131_072 - 4096);
        bench.Read(3, 65_536);
        bench.Read(4, 16);
        bench.Look(5, () => Assert.Equal(131_072 - 4096 + 65_536, bench.Socket.Memory.RcvUsed));
        bench.Run();
        Assert.Equal(["read 126976: queued@2", "read 65536: queued@3", "read 16: 0@4"], bench.Log.Skip(1).Take(3));
        Assert.Equal(0, bench.Socket.Memory.RcvUsed);
    }

    [Theory]
    [InlineData(131_072 - 4096, "read 16: queued@3")]
    [InlineData(131_072 - 4080, "read 16: 0@3")]
    public void Less_than_a_page_of_the_receive_buffer_is_nothing(long length, string next)
    {
        using SocketBench bench = new(Of(Serialize.None) with { Rcvbuf = new DataSize(2 * 65_536), Sndbuf = new DataSize(1 << 20), Content = Content.Symbolic });
        bench.Send(1, First(1 << 18));
        bench.Read(2, length);
        bench.Read(3, 16);
        bench.Run();
        Assert.Equal(next, bench.Log[2]);
    }

    [Fact]
    public void What_comes_to_exactly_optmem_max_is_ENOMEM()
    {
        using SocketBench bench = new(Of(Serialize.None) with { OptmemMax = new DataSize(4088 + (2 * 960)) });
        bench.Send(1, First(32));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Run();
        Assert.Equal("read 16: ENOMEM@3", bench.Log[2]);
    }

    [Fact]
    public void When_the_last_message_has_been_read_the_next_read_waits_for_another()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Send(1, First(16, more: false));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Send(5, new SendMessage(16, More: false));
        bench.Run();
        Assert.Equal(["send 16: 16@1", "read 16: queued@2", "send 16: 16@5", "read 16: queued@5"], bench.Log.Take(4));
    }

    [Fact]
    public void Requests_that_would_come_to_optmem_max_are_ENOMEM_and_their_data_stay()
    {
        AfAlgOptions options = Of(Serialize.None) with { OptmemMax = new DataSize(4088 + (2 * 960) + 1) };
        using SocketBench bench = new(options);   // 960: 928 and one entry of 32
        bench.Send(1, First(64));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Read(4, 16);
        bench.Read(13, 16);
        bench.Read(23, 16);
        bench.Run();
        Assert.Equal(["read 16: queued@2", "read 16: queued@3", "read 16: ENOMEM@4", "iocb 1: 16@12", "read 16: queued@13", "iocb 2: 16@22", "read 16: queued@23"], bench.Log.Skip(1).Take(7));
        Assert.Equal((1, 2), (bench.Socket.Meter.Enomem, bench.Socket.Memory.AreqsMax));
        Assert.Equal(0, bench.Socket.Memory.Omem);
    }

    [Fact]
    public void The_socket_is_held_from_submission_to_callback()
    {
        using SocketBench bench = new(Of(Serialize.None));
        bench.Send(1, First(48));
        bench.Read(2, 16);
        bench.Read(3, 16);
        bench.Look(5, () => Assert.Equal((2, 2, "2 areqs allocated"), (bench.Socket.Memory.Held, bench.Socket.Memory.Areqs, bench.Socket.FindLeak())));
        bench.Run();
        Assert.Equal((0, 0, null), (bench.Socket.Memory.Held, bench.Socket.Memory.Areqs, bench.Socket.FindLeak()));
    }
}

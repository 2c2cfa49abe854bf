using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>sendmsg() on an operation socket: AA-1 to AA-3.</summary>
public sealed class SendTests
{
    private static readonly IvValue Iv = IvValue.Parse("7fbc02ebf5b93322329df9bfccb635af");

    private static AfAlgOptions Small(long sndbuf = 8192) => SocketBench.Timed(new AfAlgOptions { Engine = "eng0", Serialize = Serialize.None, Sndbuf = new DataSize(sndbuf) });

    private static SendMessage Data(long bytes, bool more = true) => new(bytes, more);

    [Fact]
    public void An_IV_of_another_length_than_ivsize_is_EINVAL_and_changes_nothing()
    {
        using SocketBench bench = new(Small());
        bench.Send(1, new SendMessage(16, More: true) { Iv = Iv, Op = AlgOp.Encrypt, IvLength = 12 });
        bench.Run();
        Assert.Equal(["send 16: EINVAL@1"], bench.Log);
        Assert.Equal(default, bench.Socket.Iv.Value);
        Assert.False(bench.Socket.HasData);
    }

    [Fact]
    public void What_comes_after_the_last_message_is_EINVAL_until_that_has_been_read()
    {
        using SocketBench bench = new(Small());
        bench.Send(1, Data(32, more: false));
        bench.Send(2, Data(16));
        bench.Read(3, 16);
        bench.Send(4, Data(16));
        bench.Read(5, 16);
        bench.Send(6, Data(48));
        bench.Run();
        Assert.Equal(["send 32: 32@1", "send 16: EINVAL@2", "read 16: queued@3", "send 16: EINVAL@4", "read 16: queued@5", "send 48: 48@6"], bench.Log.Take(6));
    }

    [Theory]
    [InlineData(AlgOp.Encrypt, true)]
    [InlineData(AlgOp.Decrypt, false)]
    [InlineData(null, false)]
    public void Control_messages_without_ALG_SET_OP_mean_decryption(AlgOp? op, bool encrypts)
    {
        using SocketBench bench = new(Small());
        bool? was = null;
        bench.OnEnd = areq => was = areq.IsEncryption;
        bench.Send(1, new SendMessage(16, More: true) { Iv = Iv, Op = op });
        bench.Read(2, 16);
        bench.Run();
        Assert.Equal(encrypts, was);
    }

    [Fact]
    public void A_writer_sleeps_while_less_than_a_page_of_the_send_buffer_is_left_and_a_read_wakes_it()
    {
        using SocketBench bench = new(Small(8192));
        bench.Send(1, Data(12_288));
        bench.Read(5, 4080);   // leaves 4080 of room: less than a page
        bench.Read(7, 32);
        bench.Run();
        Assert.Equal(["read 4080: queued@5", "read 32: queued@7", "send 12288: 12288@7"], bench.Log.Take(3));
        Assert.Equal(1, bench.Socket.Meter.RoomWaits);   // the first read wakes nobody
    }

    [Fact]
    public void The_last_page_is_filled_though_the_send_buffer_is_full()
    {
        using SocketBench bench = new(Small(4096));
        bench.Send(1, Data(100));
        bench.Send(2, Data(3996));
        bench.Send(3, Data(1) with { DontWait = true });
        bench.Run();
        Assert.Equal(["send 100: 100@1", "send 3996: 3996@2", "send 1: EAGAIN@3"], bench.Log);
    }

    [Fact]
    public void A_message_that_comes_to_a_full_send_buffer_on_its_way_fills_its_last_page_before_it_sleeps()
    {
        using SocketBench bench = new(Small(8192));
        bench.Send(1, Data(4096));
        bench.Read(2, 16);   // the first page begins at 16 now, and its end is not that of the buffer
        bench.Send(3, Data(8192) with { DontWait = true });
        bench.Run();
        Assert.Equal(["send 4096: 4096@1", "read 16: queued@2", "send 8192: 8192@3"], bench.Log.Take(3));
    }

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(8191, 4096)]
    [InlineData(8192, 8192)]
    [InlineData(212_992, 212_992)]
    public void The_send_buffer_is_rounded_down_to_pages_and_is_one_at_least(long sndbuf, long room)
    {
        using SocketBench bench = new(Small(sndbuf));
        bench.Send(1, Data(1 << 20) with { DontWait = true });
        bench.Run();
        Assert.Equal([$"send 1048576: {room}@1"], bench.Log);
    }

    [Fact]
    public void A_list_of_pages_that_optmem_max_has_no_room_for_is_ENOMEM()
    {
        using SocketBench bench = new(Small() with { OptmemMax = new DataSize(4088) });
        bench.Send(1, Data(16));
        bench.Run();
        Assert.Equal(["send 16: ENOMEM@1"], bench.Log);
        Assert.Equal(0, bench.Socket.Memory.Omem);
    }

    [Theory]
    [InlineData(KernelVersion.V69, "send 32: 32@4", new long[] { 0, 4096, 16_400, 8192 })]
    [InlineData(KernelVersion.V618, "send 32: EBUSY@4", new long[] { 0, 4096, 8192, 12_288 })]
    public void A_second_writer_is_refused_since_6_18_and_writes_into_the_first_ones_data_before(KernelVersion version, string answer, long[] positions)
    {
        using SocketBench bench = new(Small(8192) with { Chained = false, Wakeup = Scene.Us * 2 }, version: version);
        List<long> read = [];
        bench.OnEnd = areq => read.Add(areq.Position);
        bench.Send(1, Data(16));
        bench.Send(2, Data(16_384));   // sleeps with half of it to go
        bench.Read(3, 4096);           // it will run 2us later
        bench.Send(4, Data(32));
        bench.Read(7, 4096);
        bench.Read(8, 4096);
        bench.Read(12, 4096);
        bench.Run();
        Assert.Contains(answer, bench.Log);
        Assert.Equal(positions, read);
    }

    [Fact]
    public void A_reader_that_came_first_is_woken_at_the_end_of_the_call_and_not_before()
    {
        using SocketBench bench = new(Small(4096));
        bench.Read(1, 4096);
        bench.Send(2, Data(4096));
        bench.Run();
        Assert.Equal(["send 4096: 4096@2", "read 4096: queued@2"], bench.Log.Take(2));

        using SocketBench larger = new(Small(4096));
        larger.Read(1, 4096);
        larger.Send(2, Data(8192));
        larger.Run();
        Assert.Empty(larger.Log);   // the writer sleeps for room that only the sleeping reader could make
    }
}

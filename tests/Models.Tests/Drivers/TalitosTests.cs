using CryptoSim.Models.Block;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>talitos rejects what its FIFO cannot take (DM-P11, DM-B32).</summary>
public class TalitosTests
{
    private static readonly TalitosOptions Small = DriverBench.Timed(new TalitosOptions { ChannelFifoLen = 4, Setup = null!, Bandwidth = default });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_full_fifo_answers_EAGAIN_with_and_without_MAY_BACKLOG(bool mayBacklog)
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(4, mayBacklog));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS EAGAIN", answers);
        Assert.Equal(["r1 0@2", "r2 0@4", "r3 0@6"], bench.Log);
    }

    [Fact]
    public void Each_completion_makes_room_for_one()
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => bench.Submit(3));
        bench.At(2100, () => answers = bench.Submit(2));
        bench.Run();
        Assert.Equal("EINPROGRESS EAGAIN", answers);
    }

    [Fact]
    public void dm_crypt_ends_the_bio_with_EIO_and_nothing_hangs()
    {
        MachineResult result = Write(units: 8, talitos: Small);
        Assert.Equal("io-error", result.End.Ends);
        Assert.Equal("completed", Write(units: 8, talitos: Small with { ChannelFifoLen = 9 }).End.Ends);
    }

    [Fact]
    public void Every_schedule_of_a_full_fifo_ends_and_some_with_an_error()
    {
        DriverScenes.Fails("io-error", null, DriverScenes.Explore(Small with { ChannelFifoLen = 2 }, contexts: 2, requests: 1));
        DriverScenes.Proved(DriverScenes.Explore(Small with { ChannelFifoLen = 5 }, contexts: 2, requests: 2));
    }

    private static MachineResult Write(int units, TalitosOptions talitos)
    {
        Scene scene = new Scene().With("job", Scene.WriteUnits(units));
        MachineOptions options = scene.Options with
        {
            Hardware = new HardwareOptions { Devices = [new("jr0", talitos), new("null0", new NullDeviceOptions())] },
        };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1 });
        Assert.True(machine.Run());
        return machine.Result();
    }
}

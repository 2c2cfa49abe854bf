using CryptoSim.Models.Block;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

public sealed class IodepthLowTests
{
    /// <summary>Four commands of 10us and 1us of transfer each, one after the other on the bus, end at 11, 12, 13 and 14us.</summary>
    [Theory]
    [InlineData(null, 25)]   // each end makes room for one: the fifth begins at 11us, the eighth at 14us
    [InlineData(4, 25)]
    [InlineData(2, 26)]      // the fifth and sixth begin at 12us
    [InlineData(0, 28)]      // all four begin at 14us
    public void A_full_queue_drains_to_iodepth_low_before_it_is_filled_again(int? low, long endsAt)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions
            {
                Cpus = 1,
                Devices = [new NamedPart<DeviceOptions>("nvme0", new NvmeOptions { Latency = new ConstantDuration(Scene.Us * 10), Bandwidth = new Bandwidth(4_096_000_000) })],
            },
            Workload = [new NamedPart<WorkloadOptions>("job", new JobOptions { Device = "nvme0", NumberIos = 8, Iodepth = 4, IodepthLow = low })],
        };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1 });
        Assert.True(machine.Run());

        Assert.Equal(endsAt * 1_000_000, machine.NowPicoseconds);
    }
}

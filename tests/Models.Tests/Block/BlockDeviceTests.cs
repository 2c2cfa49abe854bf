using CryptoSim.Models.Block;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Block;

/// <summary>Devices without anything on top: 4 KiB at 4.096 GB/s move in 1us.</summary>
public sealed class BlockDeviceTests
{
    private static readonly Bandwidth OneMicrosecond = new(4_096_000_000);

    private static MachineResult Run(BlockDeviceOptions device, int number, int iodepth) =>
        (new Scene { Device = device }).With("fio", Scene.Write("4KiB", number, iodepth) with { Device = "null0" }).Run();

    private static decimal EndUs(MachineResult result) => result.End.AtPicoseconds / 1_000_000m;

    [Fact]
    public void A_null_device_takes_no_time()
    {
        MachineResult result = Run(new NullDeviceOptions(), 100, 4);

        Assert.Equal(0, EndUs(result));
        Assert.Equal((100, 100), (result.Metric("null0.ios"), result.Metric("fio.ios")));
    }

    [Fact]
    public void A_disk_serves_one_command_at_a_time_whatever_the_queue_depth()
    {
        foreach (int iodepth in new[] { 1, 8 })
        {
            Assert.Equal(80, EndUs(Run(new DiskOptions { Latency = new ConstantDuration(Scene.Us * 9), Bandwidth = OneMicrosecond }, 8, iodepth)));
        }
    }

    [Fact]
    public void Commands_of_a_flash_device_overlap_in_their_latency_and_share_the_bandwidth()
    {
        NvmeOptions device = new() { Latency = new ConstantDuration(Scene.Us * 9), Bandwidth = OneMicrosecond };

        Assert.Equal(80, EndUs(Run(device, 8, iodepth: 1)));
        Assert.Equal(17, EndUs(Run(device, 8, iodepth: 8)));
    }

    [Fact]
    public void No_more_commands_are_in_the_device_than_it_has_tags()
    {
        MachineResult result = Run(new NvmeOptions { QueueDepth = 2, Latency = new ConstantDuration(Scene.Us * 9), Bandwidth = OneMicrosecond }, 8, iodepth: 8);

        Assert.Equal(2, result.Metric("null0.in_flight.max"));
        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(8, result.Metric("fio.ios"));
    }

    [Fact]
    public void A_RAM_disk_copies_on_the_submitters_time()
    {
        MachineResult result = Run(new RamDeviceOptions { Bandwidth = OneMicrosecond }, 8, iodepth: 8);

        Assert.Equal(8, EndUs(result));
        Assert.Equal(0.25m, result.Metric("cpu.process"));   // one of four CPUs
    }
}

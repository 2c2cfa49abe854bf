using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>The write path of 2.6.32 and 3.6: a write goes below in as many clones as its pages come in.</summary>
public sealed class FragmentTests
{
    private static readonly FragmentScene Base = new();

    [Fact]
    public void A_write_is_cut_at_the_segment_limit_and_each_fragment_goes_to_its_own_sector()
    {
        MachineResult result = (Base.Splits(segments: 2) with { Jobs = [Scene.Write("20KiB")] }).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(3, result.Metric("dm-0.clones"));
        Assert.Equal(["bio#1 W 0+16", "bio#1 W 16+16", "bio#1 W 32+8"], result.Below());
        Assert.Equal(1, result.Metric("writer.ios"));
    }

    [Fact]
    public void Without_a_limit_the_whole_write_is_one_clone()
    {
        MachineResult result = (Base with { Jobs = [Scene.Write("1MiB")] }).Run();

        Assert.Equal(1, result.Metric("dm-0.clones"));
        Assert.Equal(["bio#1 W 0+2048"], result.Below());
    }

    [Fact]
    public void Fragments_are_encrypted_one_behind_the_other_without_waiting_and_each_is_written_when_it_is_done()
    {
        // Submitted at 0.5, 1, 1.5 and 2us, done at 2.5, 4.5, 6.5 and 8.5us: fragments of two pages end at 4.5 and 8.5us.
        MachineResult result = (Base.Splits(segments: 2) with { Device = new NullDeviceOptions(), Jobs = [Scene.Write("16KiB")] }).Run();

        Assert.Equal([4_500_000, 8_500_000], result.Trace.Where(e => e.Function == "generic_make_request").Select(e => e.AtPicoseconds));
        Assert.Equal(["kcryptd_io/0", "kcryptd_io/0"], result.Trace.Where(e => e.Function == "generic_make_request").Select(e => e.Process));
        Assert.Equal(8_500_000, result.End.AtPicoseconds);
    }

    [Fact]
    public void The_base_io_ends_last_and_its_references_are_those_of_the_sheet()
    {
        // DM-S9: itself and its clone; the second fragment takes over the first reference, the third adds one.
        MachineResult result = (Base.Splits() with { Jobs = [Scene.Write("12KiB")] }).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal([2, 3], result.Steps("crypt_io_alloc").Select(Pending));
        Assert.Equal([1, 0], result.Steps("crypt_dec_pending").Select(Pending));   // the clone of the first fragment was written before them
    }

    [Fact]
    public void A_base_io_whose_clone_is_written_last_ends_with_that_clone()
    {
        // One engine for each request: the first takes longest, and its clone comes to the disk after the two others.
        FragmentScene scene = Base.Splits() with { Cipher = new Scene().Ring with { Engines = 3, Setup = Scene.Service(Scene.Us * 2) }, Jobs = [Scene.Write("12KiB")] };
        MachineResult result = (scene with { Device = new NvmeOptions { Latency = new ConstantDuration(Scene.Us * 100), Bandwidth = new Bandwidth(1L << 60) } }).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal([2, 3], result.Steps("crypt_io_alloc").Select(Pending));
        Assert.Equal(2, result.Steps("crypt_dec_pending").Count());
    }

    [Fact]
    public void Fragments_that_are_encrypted_synchronously_go_on_sharing_one_io()
    {
        MachineResult result = (Base.Splits() with { Cipher = FragmentScene.Synchronous, Jobs = [Scene.Write("16KiB")] }).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(4, result.Metric("dm-0.clones"));
        Assert.Empty(result.Steps("crypt_io_alloc"));
        Assert.Equal(["bio#1 W 0+8", "bio#1 W 8+8", "bio#1 W 16+8", "bio#1 W 24+8"], result.Below());
        Assert.All(result.Trace.Where(e => e.Function == "generic_make_request"), e => Assert.Equal("kcryptd/0", e.Process));
    }

    [Theory]
    [InlineData(KernelVersion.V2632, true, Fragments.OwnContext)]
    [InlineData(KernelVersion.V2632, false, Fragments.OwnContext)]
    [InlineData(KernelVersion.V36, true, Fragments.OwnContext)]
    [InlineData(KernelVersion.V36, false, Fragments.OwnContext)]
    [InlineData(KernelVersion.V2632, true, Fragments.SharedContext)]
    [InlineData(KernelVersion.V2632, true, Fragments.SharedWithoutWait)]
    public void Writes_of_all_sizes_complete(KernelVersion kernel, bool isSynchronous, Fragments fragments)
    {
        FragmentScene scene = Base.Splits(fragments, segments: 3) with
        {
            Kernel = kernel,
            Cipher = isSynchronous ? FragmentScene.Synchronous : new Scene().Ring with { Usable = 2, Engines = 2 },
            Jobs = [Scene.Write("4KiB", number: 30, iodepth: 4), Scene.Write("64KiB", number: 30, iodepth: 3, numjobs: 2)],
        };
        MachineResult result = scene.Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(30 + (60 * 6), result.Metric("dm-0.clones"));
    }

    [Fact]
    public void An_error_of_a_later_fragment_is_the_error_of_the_write()
    {
        using TargetBench bench = new(new Scene().Ring, Base.Target with { PageAllocation = PageAllocation.OneByOne, MaxSegments = 1 });
        bench.Below.Errors[8] = Errno.EIO;
        bench.Write("a", 0, 0, 12288);
        bench.Write("b", 100_000, 64, 12288);
        bench.Run();

        Assert.Equal(["a EIO@6.5", "b 0@106.5"], bench.Ended);
        Assert.Equal(6, bench.Below.Log.Count);
        Assert.Equal((0, 0), (bench.Target.IosInUse, bench.Target.Pages.InUse));
    }

    [Fact]
    public void A_fragment_that_the_driver_refuses_fails_the_write_and_the_first_fragment_is_not_written_either()
    {
        using TargetBench bench = new(
            new Scene().Ring with { Usable = 1, WhenFull = WhenFull.Reject }, Base.Target with { PageAllocation = PageAllocation.OneByOne, MaxSegments = 1 });
        bench.Write("a", 0, 0, 8192);
        bench.Run();

        Assert.Equal(["a EIO@2.5"], bench.Ended);
        Assert.Empty(bench.Below.Log);   // the first io has the error of the second when its last callback comes (DM-D12)
        Assert.Equal((0, 0), (bench.Target.IosInUse, bench.Target.Pages.InUse));
    }

    private static int Pending(string detail) => int.Parse(detail[(detail.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}

using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>One crypto request for each sector, or one for each 4 KiB segment of a bio.</summary>
public sealed class RequestSizeTests
{
    private static readonly PathScene Sector = new() { Cipher = PathScene.Ring };
    private static readonly PathScene Segment = Sector with { Target = Sector.Target with { RequestSize = RequestSize.Segment } };

    [Theory]
    [InlineData(Rw.Read)]
    [InlineData(Rw.Write)]
    public void A_segment_is_one_request_of_all_its_sectors(Rw rw)
    {
        Assert.Equal(32, Requests(Sector, rw));
        Assert.Equal(4, Requests(Segment, rw));
        Assert.Equal(4, Requests(Sector with { Target = Sector.Target with { SectorSize = DataSize.FromKibibytes(4) } }, rw));
    }

    [Fact]
    public void The_engine_works_on_all_data_of_a_segment_at_once()
    {
        JobRingOptions ring = PathScene.Ring with { Setup = new ConstantDuration(Duration.Zero), Bandwidth = new Bandwidth(4_096_000_000) };
        PathScene scene = Segment with { Cipher = ring, Target = Segment.Target with { NoWriteWorkqueue = true }, Job = Segment.Job with { Wakeup = Duration.Zero } };

        // mapping 2us, 4 KiB in the engine 1us, the copy 1us
        Assert.Equal(4, scene.Doing(Rw.Write).Run().End.AtPicoseconds / 1e6);
    }

    [Fact]
    public void An_IO_is_whole_segments_and_has_no_tags()
    {
        MachineOptions half = (Segment with { Job = Segment.Job with { Bs = new DataSize(6144) } }).Options;
        MachineOptions tagged = (Segment with { Target = Segment.Target with { TagSize = new DataSize(16) } }).Options;
        MachineOptions split = (Segment with { Target = Segment.Target with { MaxWriteSize = new DataSize(6144) } }).Options;

        Assert.Equal("job.bs", Assert.Single(MachineValidator.Validate(half)).Path);
        Assert.Equal("dm-0.request_size", Assert.Single(MachineValidator.Validate(tagged)).Path);
        Assert.Equal("dm-0.max_write_size", Assert.Single(MachineValidator.Validate(split)).Path);
        Assert.Empty(MachineValidator.Validate((Sector with { Job = Sector.Job with { Bs = new DataSize(6144) } }).Options));
    }

    private static int Requests(PathScene scene, Rw rw) =>
        (int)(scene with { Job = scene.Job with { Rw = rw, Bs = DataSize.FromKibibytes(16) } }).Run().Metric("crypto.requests");
}

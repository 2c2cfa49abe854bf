using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>Errors of the device below, which pass through the fallback.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly RecordingDevice _below;
    private readonly BlkCryptoFallback _fallback;
    private readonly OneAfterTheOther _task;

    public ErrorTests()
    {
        _kernel = new LinuxKernel(_simulation, 4);
        _task = new OneAfterTheOther(_kernel);
        _below = new RecordingDevice(_kernel, Scene.Us * 10);
        _fallback = new BlkCryptoFallback(_kernel, new FallbackScene().Fallback);
    }

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_read_that_failed_is_not_decrypted()
    {
        _below.Errors.Add(0, Errno.EIO);
        Submit(pages: 1, isWrite: false);

        Assert.Equal([Errno.EIO], _task.Ended);
        Assert.Equal(10, _simulation.Now.Nanoseconds / 1000);
        Assert.Equal((0, 0), (_fallback.Contexts.InUse, _fallback.Profile.Meter.Programs));
    }

    [Fact]
    public void A_read_that_did_not_fail_is()
    {
        Submit(pages: 1, isWrite: false);

        Assert.Equal([Errno.Success], _task.Ended);
        Assert.Equal(15, _simulation.Now.Nanoseconds / 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256 * 8)]
    public void A_write_ends_once_with_the_error_of_whichever_piece_failed_and_gives_everything_back(int failing)
    {
        _below.Errors.Add(failing, Errno.EIO);
        Submit(pages: 300, isWrite: true);

        Assert.Equal([Errno.EIO], _task.Ended);
        Assert.Equal(["W 0+2048", "W 2048+352"], _below.Log.Select(line => line[..line.IndexOf('@', StringComparison.Ordinal)]));
        Assert.Equal((0, 0), (_fallback.Pages.InUse, _fallback.Profile.Table.InUse));
        Assert.All(_kernel.Memory.Pools, pool => Assert.Equal(0, pool.InUse));
    }

    [Fact]
    public void A_bio_is_its_owners_again_when_it_has_ended()
    {
        Bio read = Submit(pages: 1, isWrite: false);

        Assert.Equal("dio_bio_end_aio", read.EndIo);
        Assert.NotNull(read.Crypt);
    }

    private Bio Submit(int pages, bool isWrite)
    {
        Bio bio = _task.Add(new ThroughFallback(_fallback, _below), sector: 0, pages, isWrite);
        bio.Crypt = new BioCryptContext(new BlkCryptoKey("k", 0, DataSize.FromKibibytes(4)), new DataUnitNumber(0));
        _task.Run();
        return bio;
    }
}

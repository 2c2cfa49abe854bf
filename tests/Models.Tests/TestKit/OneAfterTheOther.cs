using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>Submits bios one after the other, each when the one before it has ended, and remembers how they ended.</summary>
internal sealed class OneAfterTheOther : IBioOwner, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly IoEvents _events;
    private readonly Queue<(Bio Bio, IBlockDevice To)> _next = [];
    private bool _isOut;

    public OneAfterTheOther(LinuxKernel kernel)
    {
        _kernel = kernel;
        _events = new IoEvents(kernel, Duration.Zero, 0) { Owner = this };
    }

    public string EndIo => "dio_bio_end_aio";

    public string Label => "task";

    public string? WhyNobody => null;

    public List<Errno> Ended { get; } = [];

    /// <summary>A bio, to be submitted to a device.</summary>
    public Bio Add(IBlockDevice to, long sector, int pages, bool isWrite)
    {
        Bio bio = new(this);
        bio.Begin(sector, DataSize.FromKibibytes(4 * pages), isWrite, 0, VirtualTime.Zero);
        _next.Enqueue((bio, to));
        return bio;
    }

    public void Run()
    {
        _kernel.Simulation.Spawn("task", RunAsync());
        Assert.Equal(RunState.Ended, _kernel.Simulation.Run(new RunLimits()));
        Assert.Equal(End.Completed, _kernel.Simulation.Outcome.End);
    }

    public void OnBioEnd(Bio bio)
    {
        Ended.Add(bio.Error);
        _isOut = false;
        _events.Signal();
    }

    public void Owners(OwnerList owners)
    {
    }

    private async Process RunAsync()
    {
        _kernel.Enter(CpuContext.Process);
        while (_next.TryDequeue(out (Bio Bio, IBlockDevice To) next))
        {
            _isOut = true;
            await next.To.SubmitAsync(next.Bio);
            while (_isOut)
            {
                await _events.WaitAsync();
            }
        }
    }
}

/// <summary>A device in front of which the fallback stands, whatever the device can do.</summary>
internal sealed class ThroughFallback(Models.InlineCrypto.Fallback.BlkCryptoFallback fallback, IBlockDevice below) : IBlockDevice
{
    public string Name => below.Name;

    public Operation SubmitAsync(Bio bio) => bio.Crypt is null ? below.SubmitAsync(bio) : fallback.SubmitAsync(bio, below, "a test");
}

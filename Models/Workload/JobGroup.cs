using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>All clones of one job, and what is measured about their bios.</summary>
[KernelSource("fs/aio.c", "io_submit", Version = "v4.1")]
public sealed class JobGroup : IWorkload
{
    private readonly LinuxKernel _kernel;
    [NotState]
    private long _submitted;   // bios of all clones, for people
    private int _unfinished;

    /// <summary>Starts the clones.</summary>
    public JobGroup(LinuxKernel kernel, string name, IBlockDevice device, JobOptions options, RandomSource random, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, Latencies) = (kernel, name, latencies);
        _unfinished = Clones = options.Numjobs;
        for (int clone = 0; clone < options.Numjobs; clone++)
        {
            _ = new Job(kernel, this, clone, device, options, random);   // kept by its process
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <inheritdoc/>
    public bool IsFinished => _unfinished == 0;

    /// <summary>Bios that ended with an error.</summary>
    [field: NotState]
    public long Errors { get; private set; }

    /// <inheritdoc/>
    public bool HasErrors { get; private set; }

    /// <summary>Clones of the job.</summary>
    [field: NotState]
    public int Clones { get; }

    internal void OnSubmit(Bio bio) => bio.SetNumber(++_submitted);

    internal void OnEnd(Bio bio)
    {
        Errors += bio.Error == Errno.Success ? 0 : 1;
        HasErrors |= bio.Error != Errno.Success;
        Latencies.Record(bio.SubmittedAt, _kernel.Simulation.Now, bio.Size, bio.IsWrite);
        _kernel.Tracer?.BioEnd(Name, bio);
    }

    internal void OnCloneFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(_kernel.Simulation.Now);
        }
    }
}

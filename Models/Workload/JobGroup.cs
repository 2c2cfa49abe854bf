using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
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
    private readonly IoErrors _errors = new();
    private readonly bool _continuesOnError;
    [NotState]
    private int _unfinished;   // processes, to tell when the last one ended

    /// <summary>Starts the clones.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">The job's name.</param>
    /// <param name="device">What it works on.</param>
    /// <param name="options">The job.</param>
    /// <param name="random">Its streams come from there.</param>
    /// <param name="latencies">Where its bios are recorded.</param>
    /// <param name="keys">The keys of the machine.</param>
    public JobGroup(LinuxKernel kernel, string name, IBlockDevice device, JobOptions options, RandomSource random, LatencyRecorder latencies, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, Latencies, _continuesOnError) = (kernel, name, latencies, options.ContinueOnError);
        _unfinished = Clones = options.Numjobs;
        FileKeys? files = FileKeys.For(options, keys);
        for (int clone = 0; clone < options.Numjobs; clone++)
        {
            _ = new Job(kernel, this, clone, Entry(clone, device, options), options, random, files);   // kept by its process
        }
    }

    /// <summary>What a clone submits to.</summary>
    private IBlockDevice Entry(int clone, IBlockDevice device, JobOptions options) => options.SubmitsIn switch
    {
        SubmitsIn.Softirq => new SoftirqSubmitter(_kernel, device),
        SubmitsIn.IoWq => new IoWorkers(_kernel, $"{Name}/{clone}", device, options.IowqMaxWorkers ?? int.MaxValue),
        _ => device,
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <summary>Bios that ended with an error.</summary>
    public long Errors => _errors.Count;

    /// <summary>True once a bio has ended with an error that counts as a failure; part of the state.</summary>
    public bool HasErrors => _errors.Any && !_continuesOnError;

    /// <summary>Clones of the job.</summary>
    [field: NotState]
    public int Clones { get; }

    internal void OnSubmit(Bio bio)
    {
        bio.SetNumber(++_submitted);
        bio.Stages.Begin(bio.SubmittedAt);
    }

    internal void OnEnd(Bio bio)
    {
        if (bio.Error != Errno.Success)
        {
            _errors.Add();
        }

        bio.Stages.End(_kernel.Simulation.Now);
        Latencies.Record(bio.SubmittedAt, _kernel.Simulation.Now, bio.Size, bio.IsWrite, in bio.Stages);
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

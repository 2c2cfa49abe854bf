using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>All clones of one fscrypt workload, and what is measured about their bios.</summary>
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_prepare_inline_crypt_key", Version = "v6.18", Rules = "KS-F1")]
internal sealed class FscryptGroup : IWorkload
{
    private readonly IoErrors _errors = new();
    [NotState]
    private long _submitted;   // bios of all clones, for people
    [NotState]
    private int _unfinished;   // clones, to tell when the last one ended

    public FscryptGroup(LinuxKernel kernel, string name, IKeyedDevice device, FscryptOptions options, RandomSource random, LatencyRecorder latencies, KeyRing keys)
    {
        (Kernel, Name, Device, Options, Latencies, Keys) = (kernel, name, device, options, latencies, keys);
        _unfinished = options.Numjobs;
        for (int clone = 0; clone < options.Numjobs; clone++)
        {
            _ = new FscryptTask(this, clone, random);   // kept by its process
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <inheritdoc/>
    public long Errors => _errors.Count;

    /// <inheritdoc/>
    public bool HasErrors => _errors.Any;

    /// <summary>The kernel.</summary>
    public LinuxKernel Kernel { get; }

    /// <summary>What the files are on.</summary>
    public IKeyedDevice Device { get; }

    /// <summary>The workload.</summary>
    public FscryptOptions Options { get; }

    /// <summary>Numbers of keys come from there.</summary>
    public KeyRing Keys { get; }

    /// <summary>A clone submits a bio.</summary>
    public void OnSubmit(Bio bio)
    {
        bio.SetNumber(++_submitted);
        bio.Stages.Begin(bio.SubmittedAt);
    }

    /// <summary>A bio has ended. Context: the completion's.</summary>
    public void OnEnd(Bio bio)
    {
        if (bio.Error != Errno.Success)
        {
            _errors.Add();
        }

        bio.Stages.End(Kernel.Simulation.Now);
        Latencies.Record(bio.SubmittedAt, Kernel.Simulation.Now, bio.Size, bio.IsWrite, in bio.Stages);
        Kernel.Tracer?.BioEnd(Name, bio);
    }

    /// <summary>A clone is done with its last file.</summary>
    public void OnCloneFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(Kernel.Simulation.Now);
        }
    }
}

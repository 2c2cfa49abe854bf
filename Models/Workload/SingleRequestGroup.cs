using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>All clones of one single-request caller, and what is measured about their requests.</summary>
[KernelSource("include/linux/crypto.h", "crypto_wait_req", Version = "v6.18", Rules = "DM-C6")]
public sealed class SingleRequestGroup : IWorkload
{
    private readonly LinuxKernel _kernel;
    private readonly SingleRequestOptions _options;
    private readonly IoErrors _errors = new();
    [NotState]
    private int _unfinished;   // processes, to tell when the last one ended

    /// <summary>Starts the clones.</summary>
    public SingleRequestGroup(LinuxKernel kernel, string name, CryptoProvider provider, SingleRequestOptions options, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, _options, Latencies) = (kernel, name, options, latencies);
        _unfinished = Clones = options.Numjobs;
        ArgumentNullException.ThrowIfNull(provider);
        int tfm = provider.AllocateTfm();
        for (int clone = 0; clone < options.Numjobs; clone++)
        {
            _ = new SingleRequestWaiter(kernel, this, clone, provider, tfm, options.Bs);   // kept by its process
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
    public bool HasErrors => _errors.Any && !_options.ContinueOnError;

    /// <summary>Clones of the caller.</summary>
    [field: NotState]
    public int Clones { get; }

    internal bool MayBacklog => _options.MayBacklog;

    /// <summary>Pause of a caller whose request was rejected, so that it cannot spin at zero time; assumed.</summary>
    internal Duration AfterRejection { get; } = Duration.FromMicroseconds(1);

    internal bool HasMore(long done) =>
        (_options.NumberIos is not { } ios || done < ios)
        && (_options.Runtime is not { } runtime || _kernel.Simulation.Now < VirtualTime.Zero + runtime);

    internal void OnDone(VirtualTime began, DataSize size, Errno status, ref StageClock stages)
    {
        if (status != Errno.Success)
        {
            _errors.Add();
        }

        stages.End(_kernel.Simulation.Now);
        Latencies.Record(began, _kernel.Simulation.Now, size, isWrite: true, in stages);
    }

    internal void OnCloneFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(_kernel.Simulation.Now);
        }
    }
}

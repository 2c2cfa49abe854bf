using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>A job ring and the conversions that run against it.</summary>
/// <remarks>
/// <code>
///   kcryptd/0..W-1: R requests each ──► jr0: D entries, E engines ──► kcryptd_async_done
/// </code>
/// A ring that keeps what it answers EBUSY never hangs; one that drops it can hang exactly if W*R is above D, and with
/// wait-every-request exactly if W is. In a run, whose times are given, the first also needs submission to outrun service.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-C4 DM-C5 DM-O7")]
public sealed class RingLaw : IWorkload
{
    /// <summary>Name of the ring.</summary>
    public const string RingName = "jr0";

    private readonly LinuxKernel _kernel;
    private readonly IoErrors _errors = new();
    [NotState]
    private int _unfinished;   // processes, to tell when the last one ended

    /// <summary>Starts the conversions on a driver.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Of the workload.</param>
    /// <param name="options">How many conversions, of how many requests; what they wait on.</param>
    /// <param name="provider">The driver; in a scenario the ring of the law's own.</param>
    /// <param name="latencies">Where latencies go.</param>
    public RingLaw(LinuxKernel kernel, string name, LawOptions options, CryptoProvider provider, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, Latencies) = (kernel, name, latencies);
        _unfinished = options.Contexts;
        for (int i = 0; i < options.Contexts; i++)
        {
            _ = new LawConversion(kernel, this, $"kcryptd/{i}", options, provider);   // kept by its process
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

    internal void OnDone(LawRequest request, Errno status)
    {
        if (status != Errno.Success)
        {
            _errors.Add();
        }

        Latencies.Record(request.SubmittedAt, _kernel.Simulation.Now, request.Length, isWrite: true);
    }

    internal void OnConversionFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(_kernel.Simulation.Now);
        }
    }
}

using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
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

    private readonly LawOptions _options;
    private int _unfinished;

    /// <summary>Brings up the ring and starts the conversions.</summary>
    public RingLaw(LinuxKernel kernel, string name, LawOptions options, RandomSource random, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        (Kernel, Name, _options, Latencies) = (kernel, name, options, latencies);
        Cipher = new CaamCipher(kernel, new JobRing(kernel, RingName, options.Ring, random.Stream(RingName + ".setup")), engine: null);
        _unfinished = options.Contexts;
        for (int i = 0; i < options.Contexts; i++)
        {
            _ = new LawConversion(this, $"kcryptd/{i}", options.Requests);   // kept by its process
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <inheritdoc/>
    public bool IsFinished => _unfinished == 0;

    /// <inheritdoc/>
    [field: NotState]
    public long Errors { get; private set; }

    /// <inheritdoc/>
    public bool HasErrors { get; private set; }

    /// <summary>The ring behind the crypto API.</summary>
    public CaamCipher Cipher { get; }

    internal LinuxKernel Kernel { get; }

    internal Duration SubmitCost => _options.SubmitCost;

    internal bool WaitsEveryRequest => _options.Submit == Submit.WaitEveryRequest;

    internal void OnDone(LawRequest request, Errno status)
    {
        Errors += status == Errno.Success ? 0 : 1;
        HasErrors |= status != Errno.Success;
        Latencies.Record(request.SubmittedAt, Kernel.Simulation.Now, request.Length, isWrite: true);
    }

    internal void OnConversionFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(Kernel.Simulation.Now);
        }
    }
}

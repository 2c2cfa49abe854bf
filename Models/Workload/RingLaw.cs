using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>A job ring and the conversions that run against it.</summary>
/// <remarks>
/// <code>
///   kcryptd/0..W-1: R requests each ──► jr0: D entries, E engines ──► kcryptd_async_done ──► last of all: the submitter goes on
/// </code>
/// A ring that keeps what it answers EBUSY never hangs; one that drops it can hang exactly if W*R is above D, and with
/// wait-every-request exactly if W is. In a run, whose times are given, the first also needs submission to outrun service.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-C4 DM-C5 DM-O7")]
public sealed class RingLaw : IWorkload, IHolder
{
    /// <summary>Name of the ring.</summary>
    public const string RingName = "jr0";

    private readonly LawOptions _options;
    private readonly Completion _ended;                          // signalled when the last conversion is finished
    [NotState]
    private readonly List<LawConversion> _conversions = [];      // for diagnosis
    private readonly FreeList<LawRequest> _requests = new();     // requests not in use
    private int _unfinished;                                     // conversions

    /// <summary>Brings up the ring and starts the conversions.</summary>
    public RingLaw(LinuxKernel kernel, string name, LawOptions options, RandomSource random, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        (Kernel, Name, _options, Latencies) = (kernel, name, options, latencies);
        Cipher = new CaamCipher(kernel, new JobRing(kernel, RingName, options.Ring, random.Stream(RingName + ".setup")), engine: null);
        _unfinished = options.Contexts;
        _ended = new Completion(kernel, "bio", "submit_bio_wait", Duration.Zero) { Owner = this };
        kernel.Simulation.Spawn(name + "/0", SubmitterAsync());
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

    internal LawRequest TakeRequest(LawConversion conversion) =>
        (_requests.TryTake(out LawRequest? reused) ? reused : new LawRequest()).For(conversion);

    internal void OnDone(LawRequest request, Errno status)
    {
        Errors += status == Errno.Success ? 0 : 1;
        HasErrors |= status != Errno.Success;
        Latencies.Record(request.SubmittedAt, Kernel.Simulation.Now, request.Length, isWrite: true);
        _requests.Put(request);
    }

    internal void OnConversionFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(Kernel.Simulation.Now);
            _ended.Complete();
        }
    }

    /// <summary>Submits all bios at once and waits for the last to end.</summary>
    private async Process SubmitterAsync()
    {
        Kernel.Enter(CpuContext.Process);
        for (int i = 0; i < _options.Contexts; i++)
        {
            _conversions.Add(new LawConversion(this, $"kcryptd/{i}", _options.Requests));
        }

        await _ended.WaitAsync();
    }

    // ── for diagnosis ──────────────────────────────────────────────────

    /// <inheritdoc/>
    public string Label => "bios";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Any conversion that is not finished.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (LawConversion conversion in _conversions)
        {
            if (!conversion.IsFinished)
            {
                owners.Add(conversion);
            }
        }
    }
}

using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
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
    private readonly IoErrors _errors = new();
    private readonly Completion _ended;                          // signalled when the last conversion is finished
    private readonly FreeList<LawRequest> _requests = new();     // requests not in use
    [NotState]
    private readonly List<LawConversion> _conversions = [];      // for diagnosis
    private int _unfinished;                                     // conversions

    /// <summary>Starts the conversions on a driver.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Of the workload.</param>
    /// <param name="options">How many conversions, of how many requests; what they wait on.</param>
    /// <param name="provider">The driver; in a scenario the ring of the law's own.</param>
    /// <param name="latencies">Where latencies go.</param>
    public RingLaw(LinuxKernel kernel, string name, LawOptions options, CryptoProvider provider, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernel);
        (Kernel, Name, _options, Provider, Latencies) = (kernel, name, options, provider, latencies);
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
    public long Errors => _errors.Count;

    /// <inheritdoc/>
    public bool HasErrors => _errors.Any;

    internal LinuxKernel Kernel { get; }

    internal CryptoProvider Provider { get; }

    internal Duration SubmitCost => _options.SubmitCost;

    internal bool WaitsEveryRequest => _options.Submit == Submit.WaitEveryRequest;

    /// <summary>Submits all bios at once and waits for the last to end.</summary>
    private async Process SubmitterAsync()
    {
        Kernel.Enter(CpuContext.Process);
        _conversions.Clear();   // of an earlier run, when this one began by being restored
        for (int i = 0; i < _options.Contexts; i++)
        {
            _conversions.Add(new LawConversion(this, $"kcryptd/{i}", _options.Requests));
        }

        await _ended.WaitAsync();
    }

    internal LawRequest TakeRequest(LawConversion conversion) =>
        (_requests.TryTake(out LawRequest? reused) ? reused : new LawRequest()).For(conversion);

    internal void OnDone(LawRequest request, Errno status)
    {
        if (status != Errno.Success)
        {
            _errors.Add();
        }

        StageClock stages = default;
        stages.Begin(request.SubmittedAt);
        stages.Enter(BioStage.RingWait, request.SubmittedAt);
        request.SplitWait(ref stages, Kernel.Simulation.Now);
        stages.End(Kernel.Simulation.Now);
        Latencies.Record(request.SubmittedAt, Kernel.Simulation.Now, request.Length, isWrite: true, in stages);
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

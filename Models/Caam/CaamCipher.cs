using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The skcipher of a CAAM: sends a request to the ring, or to the crypto_engine in front of it if it may be backlogged (DM-J15).</summary>
[KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_crypt, skcipher_do_one_req", Version = "v6.18", Rules = "DM-J15 DM-J16")]
public sealed class CaamCipher : CryptoProvider
{
    /// <summary>Puts the cipher on a ring.</summary>
    public CaamCipher(JobRing ring, CryptoEngine? engine)
    {
        Ring = ring;
        Engine = engine;
    }

    /// <inheritdoc/>
    public override string Name => Ring.Name;

    /// <summary>The ring.</summary>
    public JobRing Ring { get; }

    /// <summary>The crypto_engine in front of the ring; null if there is none.</summary>
    public CryptoEngine? Engine { get; }

    /// <inheritdoc/>
    public override int EntriesInUse => Ring.Used;

    /// <summary>True where a full ring makes its callers sleep inside the submission (DM-J14).</summary>
    public override bool SubmitsInSteps => Ring.Sleeps;

    /// <inheritdoc/>
    public override (string? Rule, string What)? FirstError => Ring.Errors.First;

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(Ring);
        Engine?.Owners(owners);
    }

    /// <inheritdoc/>
    public override (string Rule, string What)? FindLeak()
    {
        if (Ring.Used > 0)
        {
            return ("DM-J10", $"{Ring.Used} of {Ring.Capacity} entries of {Name} in use");
        }

        if (Ring.Backlogged > 0 || Engine?.Length > 0)
        {
            return ("DM-C5", $"{Ring.Backlogged + (Engine?.Length ?? 0)} requests in the queue of {Name}");
        }

        if (Ring.Descriptors.Swiotlb?.Used > 0)
        {
            return ("DM-J20", $"{Ring.Descriptors.Swiotlb.Used} swiotlb slots of {Name} mapped");
        }

        return base.FindLeak() ?? (Ring.HasArmedTimer ? ("DM-K2", $"the coalescing timer of {Name} armed") : null);
    }

    /// <inheritdoc/>
    public override (string Rule, string Sentence)? FindBroken() => Engine?.FindBroken();

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        Ring.Meter.Restart();
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        JobRingMeter meter = Ring.Meter;
        metrics.Add(Name + ".jobs", meter.Jobs);
        metrics.Add(Name + ".bytes", meter.Bytes, "B");
        metrics.Add(Name + ".utilization", meter.Utilization);
        metrics.Add(Name + ".ring.mean", meter.Ring.Mean);
        metrics.Add(Name + ".ring.max", meter.Ring.Max);
        metrics.Add(Name + ".backlog.mean", meter.Backlog.Mean);
        metrics.Add(Name + ".backlog.max", meter.Backlog.Max);
        metrics.Add(Name + ".ebusy", Busy);
        metrics.Add(Name + ".enospc", meter.NoSpace);
        metrics.Add(Name + ".dropped", meter.Dropped);
        metrics.Add(Name + ".interrupts", meter.Interrupts);
        if (Ring.Sleeps)
        {
            metrics.Add(Name + ".msleeps", meter.Sleeps);
        }

        if (Ring.Descriptors.Swiotlb is { } swiotlb)
        {
            metrics.Add(Name + ".swiotlb.max", swiotlb.UsedMax);
        }

        if (Engine is { } engine)
        {
            metrics.Add(Name + ".engine.queue.max", engine.LengthMax);
            metrics.Add(Name + ".engine.retries", engine.Retries);
        }
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Ring.Descriptors.TryBuild(request))
        {
            return SubmitResult.Error(Errno.ENOMEM);
        }

        return Conclude(request, Engine is not null && request.MayBacklog ? Engine.Submit(request) : Ring.Enqueue(request));
    }

    /// <summary>The same where the full ring makes its caller sleep.</summary>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        if (!Ring.Descriptors.TryBuild(request))
        {
            return SubmitResult.Error(Errno.ENOMEM);
        }

        SubmitResult result = Ring.Enqueue(request);
        while (result.Status == SubmitStatus.NoSpace && await Ring.SleepAsync(request))
        {
            result = Ring.Enqueue(request);
        }

        return Conclude(request, result);
    }

    /// <summary>Frees the descriptor of a request that nobody took.</summary>
    private SubmitResult Conclude(CryptoRequest request, SubmitResult result)
    {
        if (!result.Accepted)
        {
            Ring.Descriptors.Free(request, "skcipher_crypt");
        }

        return result;
    }
}

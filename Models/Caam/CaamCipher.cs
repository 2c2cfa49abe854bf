using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The skcipher of a CAAM: sends a request to the ring, or to the crypto_engine in front of it if it may be backlogged (DM-J15).</summary>
[KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_crypt, skcipher_do_one_req", Version = "v6.18", Rules = "DM-J15 DM-J16")]
public sealed class CaamCipher : CryptoProvider
{
    private readonly LinuxKernel _kernel;
    [NotState]
    private long _submitted;   // requests so far, for people

    /// <summary>Puts the cipher on a ring.</summary>
    public CaamCipher(LinuxKernel kernel, JobRing ring, CryptoEngine? engine)
    {
        _kernel = kernel;
        Ring = ring;
        Engine = engine;
    }

    /// <inheritdoc/>
    public override string Name => Ring.Name;

    /// <summary>The ring.</summary>
    public JobRing Ring { get; }

    /// <summary>The crypto_engine in front of the ring; null if there is none.</summary>
    public CryptoEngine? Engine { get; }

    /// <summary>Requests submitted so far, rejected ones included.</summary>
    public long Submitted => _submitted;

    /// <summary>Answers EBUSY to callers so far.</summary>
    [field: NotState]
    public long Busy { get; private set; }

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(Ring);
        Engine?.Owners(owners);
    }

    /// <summary>Forgets the answers counted before, at the end of the warm-up.</summary>
    internal void RestartMeter() => Busy = 0;

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.BeginSubmission(++_submitted);
        SubmitResult result = Engine is not null && request.MayBacklog ? Engine.Submit(request) : Ring.Enqueue(request);
        Busy += result.Status == SubmitStatus.Busy ? 1 : 0;
        return result;
    }
}

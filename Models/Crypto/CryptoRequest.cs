using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>An asynchronous crypto request: <c>struct skcipher_request</c> with its callback.</summary>
/// <remarks>Its owner reuses it after the final callback; a provider must not touch it from then on (DM-C9).</remarks>
[KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Version = "v4.1", Rules = "DM-C1 DM-C9")]
public abstract class CryptoRequest : IHolder
{
    [NotState]
    private long _number;   // 1-based number of the submission, for people

    /// <summary>A request whose owner accepts a backlog or not.</summary>
    /// <param name="mayBacklog">CRYPTO_TFM_REQ_MAY_BACKLOG.</param>
    protected CryptoRequest(bool mayBacklog) => MayBacklog = mayBacklog;

    /// <summary>CRYPTO_TFM_REQ_MAY_BACKLOG: the provider may keep the request beyond its queue limit (DM-C2).</summary>
    public bool MayBacklog { get; }

    /// <summary>Data to encrypt or decrypt.</summary>
    public DataSize Length { get; protected set; }

    /// <summary>The queue or device that has the request; null if nobody has. For diagnosis: nothing is decided by it.</summary>
    [field: NotState]
    public IHolder? HeldBy { get; set; }

    /// <summary>Where the next request of the same queue is; belongs to the queue that holds this one.</summary>
    internal CryptoRequest? Next { get; set; }

    /// <summary>Where the previous request of the same queue is; belongs to the queue that holds this one.</summary>
    internal CryptoRequest? Previous { get; set; }

    /// <summary>The crypto_engine that took the request and finalises it; null if the ring calls back itself (DM-J16).</summary>
    internal CryptoEngine? Engine { get; set; }

    /// <summary>When an engine finished the request; belongs to the engines.</summary>
    [field: NotState]
    internal VirtualTime DoneAt { get; set; }

    /// <summary>True from an answer EBUSY until the EINPROGRESS callback, which is owed once (DM-C5).</summary>
    internal bool AwaitsNotification { get; set; }

    /// <summary>Name of the callback in the kernel, e.g. <c>kcryptd_async_done</c>.</summary>
    public abstract string CallbackName { get; }

    /// <inheritdoc/>
    public string Label => _number == 0 ? "req" : "req#" + _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    [field: NotState]
    public string? WhyNobody { get; private set; }

    /// <inheritdoc/>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (HeldBy is not null)
        {
            owners.Add(HeldBy);
        }
    }

    /// <summary>The provider's callback: EINPROGRESS when the request leaves the backlog, otherwise the final status. Context: softirq (DM-C8).</summary>
    public abstract void Complete(Errno status);

    /// <summary>Gives the request its number in the order of submission.</summary>
    internal virtual void BeginSubmission(long number)
    {
        _number = number;
        WhyNobody = null;
    }

    /// <summary>Records that a provider answered EBUSY and forgot the request, for the blocked graph.</summary>
    internal virtual void Forgotten(string provider)
    {
        HeldBy = null;
        WhyNobody = $"was answered EBUSY by {provider} and is in no queue";
    }
}

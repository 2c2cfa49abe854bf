using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>What encrypts: a driver behind the crypto API. The one way in, so that what it answers is checked whatever it does.</summary>
/// <remarks>
/// A provider that answers <see cref="SubmitStatus.Busy"/> to a request with MAY_BACKLOG keeps it, calls it back once with
/// EINPROGRESS when it leaves the backlog, and later once with its final status (DM-C1, DM-C5). <see cref="RequestProtocol"/>
/// holds it to that.
/// </remarks>
[KernelSource("include/crypto/skcipher.h", "crypto_skcipher_encrypt", Version = "v4.1", Rules = "DM-C1 DM-C5")]
public abstract class CryptoProvider
{
    private readonly Queue<CryptoRequest> _backlogged = new();   // answered EBUSY and not yet notified, in the order of the answers
    private int _forgotten;                                      // of them those that the driver says nobody has; they have no place in the order

    /// <summary>The device that does the work, e.g. <c>jr0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Requests accepted and not yet called back with their final status.</summary>
    public int InFlight { get; private set; }

    /// <summary>Of those, requests that were answered EBUSY and not yet called back with EINPROGRESS.</summary>
    public int Owed => _backlogged.Count + _forgotten;

    /// <summary>Submits a request; the answer says who owns it now. Context: any.</summary>
    public SubmitResult Submit(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.EnterApi(this))
        {
            return SubmitResult.Error(Errno.EIO);   // the run ends after this step
        }

        InFlight++;
        SubmitResult result = SubmitCore(request);
        request.Answered(result);
        return result;
    }

    /// <summary>For diagnosis: who works on requests it accepted.</summary>
    public abstract void Owners(OwnerList owners);

    /// <summary>Takes, keeps or refuses a request.</summary>
    protected abstract SubmitResult SubmitCore(CryptoRequest request);

    /// <summary>A request was answered EBUSY: it is owed a notification.</summary>
    internal void OnBacklogged(CryptoRequest request, bool isForgotten)
    {
        if (isForgotten)
        {
            _forgotten++;
        }
        else
        {
            _backlogged.Enqueue(request);
        }
    }

    /// <summary>The backlogged request whose turn it is to be notified; null if there is none.</summary>
    internal CryptoRequest? NextToNotify => _backlogged.TryPeek(out CryptoRequest? next) ? next : null;

    /// <summary>That request was notified.</summary>
    internal void OnNotified() => _backlogged.Dequeue();

    /// <summary>A request is its owner's again.</summary>
    internal void OnLeft() => InFlight--;
}

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
    /// <summary>The device that does the work, e.g. <c>jr0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Requests accepted and not yet called back with their final status.</summary>
    public int InFlight { get; private set; }

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

    /// <summary>A request is its owner's again.</summary>
    internal void OnLeft() => InFlight--;
}

using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>What encrypts: a driver behind the crypto API.</summary>
/// <remarks>
/// A provider that answers <see cref="SubmitStatus.Busy"/> to a request with MAY_BACKLOG keeps it, calls it back once with
/// EINPROGRESS when it leaves the backlog and then once with the final status (DM-C5). One that rejects never calls back.
/// </remarks>
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt", Version = "v6.18", Rules = "DM-C1 DM-C5")]
public interface ICryptoProvider
{
    /// <summary>Name of the device, e.g. <c>jr0</c>.</summary>
    string Name { get; }

    /// <summary>Hands a request to the provider. Context: any.</summary>
    SubmitResult Submit(CryptoRequest request);
}

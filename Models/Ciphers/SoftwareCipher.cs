using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Ciphers;

/// <summary>A synchronous software cipher: the request is done when the call returns, and the caller has spent the CPU time.</summary>
/// <remarks>
/// <code>
///   Submit ──► 0, and the CPU time of the call: setup + length / bandwidth
/// </code>
/// No time passes here: whoever calls spends the CPU time that the answer states, with <see cref="Cpus.SpendAsync"/>, in its own
/// context and on its own CPU. Not modelled: caches, frequency, the walk over scatterlists.
/// </remarks>
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt, crypto_skcipher_decrypt", Version = "v6.18", Rules = "DM-C1")]
public sealed class SoftwareCipher : CryptoProvider
{
    private readonly LinuxKernel _kernel;
    private readonly CipherCost _cost;

    /// <summary>Registers the cipher.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Its name in the scenario, e.g. <c>aesni</c>.</param>
    /// <param name="cost">What a request costs.</param>
    public SoftwareCipher(LinuxKernel kernel, string name, CipherCost cost)
    {
        (_kernel, Name, _cost) = (kernel, name, cost);
        Meter = new CipherMeter();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What was measured.</summary>
    public CipherMeter Meter { get; }

    /// <summary>Nobody: no request stays here.</summary>
    public override void Owners(OwnerList owners)
    {
    }

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        Meter.Restart();
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Meter.AddTo(metrics, Name);
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Crypt(request);
    }

    /// <summary>Does a request for a wrapper that it was submitted to. Context: any.</summary>
    /// <returns>Done, with the CPU time that the caller spends.</returns>
    internal SubmitResult Crypt(CryptoRequest request)
    {
        Duration time = _cost.TimeFor(request.Length, request.IsEncryption);
        request.Encrypt(request.Iv);
        Meter.Called(request.Length, time);
        _kernel.Tracer?.Emit(
            TraceKind.Call, request.IsEncryption ? "crypto_skcipher_encrypt" : "crypto_skcipher_decrypt", Name, request.Label, "0", time.ToString());
        return SubmitResult.Done with { CpuTime = time, UsesSimd = _cost.UsesSimd };
    }
}

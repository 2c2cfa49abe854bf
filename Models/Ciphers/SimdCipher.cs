using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Ciphers;

/// <summary>The SIMD wrapper around an internal cipher: synchronous where SIMD is usable, and flagged ASYNC because it is not always.</summary>
/// <remarks>
/// <code>
///   Submit ──► SIMD usable, and not (atomic and requests in cryptd) ──► inner cipher: 0
///      └─────► else ──► cryptd: EINPROGRESS or EBUSY, later the callbacks
/// </code>
/// No time passes here; the answer 0 carries the inner cipher's CPU time.
/// </remarks>
[KernelSource("crypto/simd.c", "simd_skcipher_encrypt, simd_skcipher_decrypt", Version = "v6.6", Rules = "SC-1 SC-2 SC-3 SC-4 SC-5")]
public sealed class SimdCipher : CryptoProvider
{
    private readonly LinuxKernel _kernel;
    private readonly Cryptd _cryptd;
    private readonly FpuSections _fpu;

    /// <summary>Puts the wrapper over a cryptd and its child.</summary>
    public SimdCipher(LinuxKernel kernel, string name, Cryptd cryptd)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, Name, _cryptd) = (kernel, name, cryptd);
        _fpu = kernel.Cpus.WatchFpu(kernel.FpuSection);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Calls that did the work themselves, since the end of the warm-up.</summary>
    [field: NotState]
    public long Inline { get; private set; }

    /// <summary>Calls that went to cryptd, since the end of the warm-up.</summary>
    [field: NotState]
    public long ViaCryptd { get; private set; }

    /// <inheritdoc/>
    protected override bool HasOneQueue => _kernel.Cpus.Count == 1;

    /// <summary>A request that did not end in its call is with cryptd.</summary>
    public override void Owners(OwnerList owners) => _cryptd.Owners(owners);

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        (Inline, ViaCryptd) = (0, 0);
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".inline", Inline);
        metrics.Add(Name + ".via_cryptd", ViaCryptd);
        metrics.Add(Name + ".ebusy", Busy);
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool isAtomic = _kernel.Context != CpuContext.Process;
        bool isUsable = _fpu.IsSimdUsable(_kernel.Context, SubmittingCpu.Of(_kernel, request));
        bool mustWait = isAtomic && _cryptd.IsQueued(request.Tfm);
        string why = !isUsable ? "SIMD not usable" : mustWait ? "cryptd_skcipher_queued" : "inline";
        _kernel.Tracer?.Emit(
            TraceKind.Call, request.IsEncryption ? "simd_skcipher_encrypt" : "simd_skcipher_decrypt", Name, request.Label, detail: why);
        if (isUsable && !mustWait)
        {
            Inline++;
            return _cryptd.Child.Crypt(request);
        }

        ViaCryptd++;
        return _cryptd.Enqueue(request);
    }
}

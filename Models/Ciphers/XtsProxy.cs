using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>xts-aes-xtsproxy: picks one of two synchronous ciphers in each call, so that no call is ever queued.</summary>
/// <remarks>
/// <code>
///   Submit ──► SIMD usable ? simd : generic ──► 0
/// </code>
/// No time passes here; the answer carries the CPU time of the cipher that did the work.
/// </remarks>
[KernelSource("xtsproxy.c", "xtsproxy_skcipher_encrypt", Mail = "002_e236514fb5a11c88", Rules = "SC-11")]
public sealed class XtsProxy : CryptoProvider
{
    private readonly LinuxKernel _kernel;
    private readonly SoftwareCipher _simd;
    private readonly SoftwareCipher _generic;
    private readonly FpuSections _fpu;

    /// <summary>Puts the proxy over its two ciphers.</summary>
    public XtsProxy(LinuxKernel kernel, string name, SoftwareCipher simd, SoftwareCipher generic)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, Name, _simd, _generic) = (kernel, name, simd, generic);
        _fpu = kernel.Cpus.WatchFpu(kernel.FpuSection);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Calls done with SIMD, since the end of the warm-up.</summary>
    [field: NotState]
    public long WithSimd { get; private set; }

    /// <summary>Calls done in C, since the end of the warm-up.</summary>
    [field: NotState]
    public long InC { get; private set; }

    /// <summary>Nobody: no request stays here.</summary>
    public override void Owners(OwnerList owners)
    {
    }

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        (WithSimd, InC) = (0, 0);
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".simd", WithSimd);
        metrics.Add(Name + ".generic", InC);
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_fpu.IsSimdUsable(_kernel.Context, SubmittingCpu.Of(_kernel, request)))
        {
            WithSimd++;
            return _simd.Crypt(request);
        }

        InC++;
        return _generic.Crypt(request);
    }
}

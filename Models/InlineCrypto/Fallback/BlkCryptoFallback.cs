using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>blk-crypto-fallback: encrypts with the crypto API, on the CPU, bios that a device cannot encrypt. One for the whole machine.</summary>
/// <remarks>
/// <code>
///   write ──► in pieces of 256 pages: bio, keyslot, page, cipher ... keyslot back ──► device below ──► pages back, bio_endio
///   read  ──► device below ──► blk_crypto_wq: keyslot, cipher in place, keyslot back ──► bio_endio
/// </code>
/// The ciphertext is that of the hardware (KS-E4). Time passes in the cipher, in the profile and, on a machine short of memory,
/// in waiting for it. Not modelled: the skcipher request, which is allocated too (on the stack since the series of
/// 3d939695e682, recalled), an asynchronous cipher, and what lockdep once said of a static profile (KS-G05).
/// </remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_init, blk_crypto_fallback_bio_prep", Version = "v6.18", Rules = "KS-E1 KS-E2 KS-E3 KS-E4")]
internal sealed class BlkCryptoFallback : IHolder
{
    /// <summary>Its name in traces and metrics.</summary>
    public const string Name = "blk_crypto_fallback";

    /// <summary>BIO_MAX_VECS: pages of one bio at most.</summary>
    public const int BioMaxVecs = 256;

    private readonly FallbackKeyslotOps _ops;
    private readonly FreeList<FallbackWrite> _writes = new();   // not in use
    private readonly FreeList<FallbackRead> _reads = new();     // not in use
    private int _busyCount;                                     // in use, of either
    [NotState]
    private readonly List<IHolder> _busy = [];                  // the same, in no order; for diagnosis

    public BlkCryptoFallback(LinuxKernel kernel, BlkCryptoFallbackOptions options)
    {
        Kernel = kernel;
        _ops = new FallbackKeyslotOps(kernel, options);
        Profile = new CryptoProfile(kernel, Name, options.NumKeyslots, _ops, options.Wakeup) { SleepersWaitFor = this, FailedEvict = FailedEvicts.In(kernel.Version) };
        Pages = new BouncePages(kernel, options);
        Bios = new CiphertextBios(kernel, options);
        Contexts = new MemoryPool(kernel, "bio_fallback_crypt_ctx_pool", options.NumPreallocFallbackCryptCtxs, wakeup: options.Wakeup);
        Meter = new FallbackMeter(kernel);
        Cipher = new UnitCipher(kernel, options, Meter);
        WorkQueue = WorkQueue.Unbound(kernel, "blk_crypto_wq", kernel.Cpus.Count, options.Wakeup, WorkQueueFlags.HighPri | WorkQueueFlags.MemReclaim);
    }

    public LinuxKernel Kernel { get; }

    /// <summary>blk_crypto_fallback_profile: its keyslots.</summary>
    public CryptoProfile Profile { get; }

    public BouncePages Pages { get; }

    public CiphertextBios Bios { get; }

    /// <summary>Contexts of reads.</summary>
    public MemoryPool Contexts { get; }

    public UnitCipher Cipher { get; }

    public FallbackMeter Meter { get; }

    public WorkQueue WorkQueue { get; }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>blk_crypto_fallback_bio_prep, and what goes below. Context: process; the cipher of a write is done here.</summary>
    /// <param name="bio">With a context.</param>
    /// <param name="below">The device, which gets the bio or its ciphertext without a context.</param>
    /// <param name="why">Why the device does not encrypt it.</param>
    public Operation SubmitAsync(Bio bio, IBlockDevice below, string why)
    {
        Kernel.Tracer?.Emit(TraceKind.Call, "blk_crypto_fallback_bio_prep", Name, bio.Label, detail: why);
        bio.IsCryptedByCpu = true;
        Meter.OnBio(bio.IsWrite);
        return bio.IsWrite ? WriteAsync(bio, below) : TakeRead().SubmitAsync(bio, below);
    }

    /// <summary>One piece after the other, each as it is encrypted; the bio ends with the last of them (bio_chain).</summary>
    private async Operation WriteAsync(Bio source, IBlockDevice below)
    {
        int pieces = FallbackWrite.PiecesOf(source);
        source.Remaining = pieces;
        for (int piece = 0; piece < pieces; piece++)
        {
            FallbackWrite write = _writes.TryTake(out FallbackWrite? reused) ? reused : new FallbackWrite(this);
            write.Begin(source, piece, isSplit: piece < pieces - 1);
            Remember(write);
            await write.SubmitAsync(below);
        }
    }

    private FallbackRead TakeRead()
    {
        FallbackRead read = _reads.TryTake(out FallbackRead? reused) ? reused : new FallbackRead(this);
        Remember(read);
        return read;
    }

    /// <summary>A piece of a write has ended. Context: any.</summary>
    internal void Return(FallbackWrite write)
    {
        Forget(write);
        _writes.Put(write);
    }

    /// <summary>A read has ended. Context: any.</summary>
    internal void Return(FallbackRead read)
    {
        Forget(read);
        _reads.Put(read);
    }

    internal void RestartMeter()
    {
        Profile.Meter.Restart();
        Meter.Restart();
    }

    internal void AddMetrics(MetricList metrics, Duration measured)
    {
        Profile.Meter.AddMetrics(metrics, measured);
        metrics.Add(Name + ".keyslot.blanked", _ops.Blanked);
        metrics.Add(Name + ".bounce_pages.max", Pages.InUseMax);
        Meter.AddMetrics(metrics);
    }

    /// <summary>For diagnosis: whoever is at work puts its slot.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (IHolder busy in _busy)
        {
            owners.Add(busy);
        }
    }

    private void Remember(IHolder holder)
    {
        if (++_busyCount <= _busy.Count)
        {
            _busy.Clear();   // left there by a state that was explored before
        }

        _busy.Add(holder);
    }

    private void Forget(IHolder holder)
    {
        _busyCount--;
        _busy.Remove(holder);
    }
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary><c>struct bio_fallback_crypt_ctx</c>: a read that goes below as it is, and is decrypted in place when it comes back.</summary>
/// <remarks>
/// <code>
///   SubmitAsync ──► device below ──► OnBioEnd ──► blk_crypto_wq ──► keyslot ──► (cipher) ... ──► keyslot back, bio_endio
///                                        └─ error ─────────────────────────────────────────────► bio_endio
/// </code>
/// </remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_decrypt_endio, blk_crypto_fallback_decrypt_bio", Version = "v6.18", Rules = "KS-E3")]
internal sealed class FallbackRead : WorkItem, IBioOwner, IHolder
{
    private readonly BlkCryptoFallback _fallback;
    private readonly FallbackKeyslot _slot;
    private Bio? _bio;                    // null while not in use
    private BioCryptContext? _context;    // its own, which the device does not see
    private int _page;                    // 0-based; that is decrypted
    [NotState]
    private Process _worker;              // who submits it or, later, decrypts it; none in between

    public FallbackRead(BlkCryptoFallback fallback)
    {
        _fallback = fallback;
        _slot = new FallbackKeyslot(fallback.Profile);
    }

    /// <inheritdoc/>
    public string EndIo => "blk_crypto_fallback_decrypt_endio";

    /// <inheritdoc/>
    public string Label => "f_ctx of " + (_bio?.Label ?? "nothing");

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>The read goes below without its context. Context: process; sleeps for the context of its own.</summary>
    public async Operation SubmitAsync(Bio bio, IBlockDevice below)
    {
        (_bio, _context, _page) = (bio, bio.Crypt, 0);
        _worker = _fallback.Kernel.Simulation.CurrentProcess;
        bio.HeldBy = this;
        await _fallback.Contexts.AllocateAsync(Gfp.NoIo, this);
        (bio.Crypt, bio.EndsAt) = (null, this);
        await below.SubmitAsync(bio);
    }

    /// <summary>blk_crypto_fallback_decrypt_endio. Context: the completion's.</summary>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        (bio.HeldBy, _worker) = (this, default);
        if (bio.Error != Errno.Success)
        {
            End();
            return;
        }

        bio.Stages.Enter(BioStage.WakeUp, _fallback.Kernel.Simulation.Now);
        bio.Crypt = _context;
        _fallback.WorkQueue.Queue(this, bio.Cpu);
    }

    /// <summary>blk_crypto_fallback_decrypt_bio. Context: process, a worker of blk_crypto_wq.</summary>
    public override async Operation RunAsync()
    {
        _worker = _fallback.Kernel.Simulation.CurrentProcess;
        _bio!.Stages.Enter(BioStage.Conversion, _fallback.Kernel.Simulation.Now);
        BlkStatus status = await _slot.GetAsync(_bio);
        if (status == BlkStatus.Ok)
        {
            await DecryptAsync();
            _slot.Put();
        }

        _bio.Error = status.ToErrno();
        End();
    }

    private async Operation DecryptAsync()
    {
        for (; _page * (long)PageAllocator.PageBytes < _bio!.Size.Bytes; _page++)
        {
            await _fallback.Cipher.SpendAsync(_page, _bio.Size, _context!.Key.DataUnitSize, isEncryption: false);
        }

        _bio.Decrypt(SectorIv.Of(_context!, 0));
    }

    private void End()
    {
        Bio bio = _bio!;
        (bio.Crypt, bio.EndsAt) = (_context, null);
        (_bio, _context) = (null, null);
        _worker = default;
        _fallback.Contexts.Free(this);
        _fallback.Return(this);
        _fallback.Meter.OnEnd(bio);
        bio.End(Errno.Success);
    }

    /// <summary>For diagnosis: who works on it, the device below, or a worker of blk_crypto_wq to come.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_bio?.HeldBy is { } below && below != this)
        {
            owners.Add(below);
        }
        else if (_worker.Exists)
        {
            owners.Add(_worker);
        }
        else
        {
            _fallback.WorkQueue.Owners(owners);
        }
    }
}

using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>A piece of a write, at most 256 pages, whose ciphertext goes below in a bio of its own.</summary>
/// <remarks>
/// <code>
///   bio ──► keyslot ──► (page ──► cipher) ... ──► keyslot back ──► SubmitAsync ──► OnBioEnd: pages and bio back, bio_endio of the source
/// </code>
/// </remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_encrypt_bio, blk_crypto_fallback_encrypt_endio", Version = "v6.18", Rules = "KS-E2")]
internal sealed class FallbackWrite : IBioOwner, IHolder
{
    private const int SectorsOfPiece = BlkCryptoFallback.BioMaxVecs * PageAllocator.PageBytes / 512;

    private readonly BlkCryptoFallback _fallback;
    private readonly FallbackKeyslot _slot;
    private readonly Bio _ciphertext;
    private Bio? _source;                // null while not in use
    private long _sector;                // [512-byte sectors] where the piece begins
    private DataSize _size;
    private int _pages;                  // that it has
    private bool _isSplit;               // it was split off from the source
    [NotState]
    private Process _submitter;          // who encrypts it and hands it down

    public FallbackWrite(BlkCryptoFallback fallback)
    {
        _fallback = fallback;
        _ciphertext = new Bio(this);
        _slot = new FallbackKeyslot(fallback.Profile);
    }

    /// <inheritdoc/>
    public string EndIo => "blk_crypto_fallback_encrypt_endio";

    /// <inheritdoc/>
    public string Label => _ciphertext.Label;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private int PagesWanted => (int)((_size.Bytes + PageAllocator.PageBytes - 1) / PageAllocator.PageBytes);

    /// <summary>Pieces of at most BIO_MAX_VECS pages that a write is split into.</summary>
    public static int PiecesOf(Bio source) => (int)(((source.Size.Bytes / 512) + SectorsOfPiece - 1) / SectorsOfPiece);

    /// <summary>A new life.</summary>
    /// <param name="source">The write.</param>
    /// <param name="piece">0-based; which piece of it.</param>
    /// <param name="isSplit">More pieces follow.</param>
    public void Begin(Bio source, int piece, bool isSplit)
    {
        long offset = (long)piece * SectorsOfPiece;
        long sectors = Math.Min(SectorsOfPiece, (source.Size.Bytes / 512) - offset);
        (_source, _sector, _size, _pages, _isSplit) = (source, source.Sector + offset, new DataSize(sectors * 512), 0, isSplit);
        _submitter = _fallback.Kernel.Simulation.CurrentProcess;
        source.HeldBy = this;
    }

    /// <summary>Encrypts it and submits the ciphertext. Context: process.</summary>
    public async Operation SubmitAsync(IBlockDevice below)
    {
        _source!.Stages.Enter(BioStage.Conversion, _fallback.Kernel.Simulation.Now);
        await (_isSplit ? _fallback.Bios.SplitAsync(this) : Operation.Completed);
        await _fallback.Bios.AllocateAsync(this);
        _ciphertext.Begin(_sector, _size, isWrite: true, _source.Cpu, _fallback.Kernel.Simulation.Now);
        _ciphertext.SetNumber(_source.Number);
        (_ciphertext.Plug, _ciphertext.IsCryptedByCpu) = (_source.Plug, true);
        BlkStatus status = await _slot.GetAsync(_source);
        if (status != BlkStatus.Ok)
        {
            End(status.ToErrno());
            return;
        }

        await EncryptAsync();
        _slot.Put();
        _source.Stages.Enter(BioStage.Device, _fallback.Kernel.Simulation.Now);
        await below.SubmitAsync(_ciphertext);
    }

    private async Operation EncryptAsync()
    {
        await _fallback.Pages.BeginAsync(PagesWanted, this);
        while (_pages < PagesWanted)
        {
            await _fallback.Pages.NextAsync(this);
            _pages++;
            await _fallback.Cipher.SpendAsync(_pages - 1, _size, _source!.Crypt!.Key.DataUnitSize, isEncryption: true);
        }

        _ciphertext.CarryEncrypted(_source!, SectorIv.Of(_source!.Crypt!, _sector - _source.Sector));
    }

    // ── from below ──────────────────────────────────────────────────────

    /// <summary>blk_crypto_fallback_encrypt_endio. Context: the completion's.</summary>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        End(bio.Error);
    }

    private void End(Errno error)
    {
        Bio source = _source!;
        _source = null;
        _fallback.Pages.Free(_pages, this);
        _fallback.Bios.Free(this);
        if (_isSplit)
        {
            _fallback.Bios.FreeSplit(this);
        }

        _fallback.Return(this);
        source.Error = source.Error == Errno.Success ? error : source.Error;
        if (--source.Remaining == 0)
        {
            _fallback.Meter.OnEnd(source);
            source.End(Errno.Success);
        }
    }

    /// <summary>For diagnosis: its submitter works on it, or the device below has its ciphertext.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_ciphertext.HeldBy is null)
        {
            owners.Add(_submitter);
        }
        else
        {
            owners.Add(_ciphertext);
        }
    }
}

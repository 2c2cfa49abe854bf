using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct dm_crypt_io</c>: one bio, or the part of it that was taken, on its way through the target (DM-D1).</summary>
/// <remarks>
/// <code>
///   write:  kcryptd: convert ──► write tree ──► dmcrypt_write ──► device below ──► endio ──► base bio
///   read:   device below ──► endio ──► kcryptd: convert in place ──► base bio
/// </code>
/// io_pending counts this function and every clone below; at zero the io is freed and the base bio loses this part (DM-D6).
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "struct dm_crypt_io, kcryptd_crypt_write_convert, kcryptd_crypt_read_convert, crypt_dec_pending", Version = "v4.1", Rules = "DM-D1 DM-D6 DM-D11 DM-D32")]
public sealed class DmCryptIo : WorkItem, IBioOwner, IHolder
{
    private readonly DmCryptTarget _target;
    private readonly ConvertContext _context;
    private Bio _base = null!;               // base_bio
    private int _pending;                    // io_pending
    [NotState]
    private Process _worker;                 // kworker that runs the conversion, none before and after; for diagnosis
    [NotState]
    private DmCryptIo? _nextPart;            // parts of the same bio that are not finished, newest first; for diagnosis
    [NotState]
    private DmCryptIo? _previousPart;
    [NotState]
    private bool _isConverting;              // submitted to kcryptd and not yet converted; for diagnosis
    [NotState]
    private VirtualTime _conversionBegan;

    internal DmCryptIo(DmCryptTarget target)
    {
        _target = target;
        _context = new ConvertContext(target, this);
        Clone = new Bio(this);
    }

    /// <summary>The first error of any request or clone.</summary>
    public Errno Error { get; set; }

    /// <summary>[512-byte sectors] First sector below; the key of the write tree.</summary>
    public long Sector { get; private set; }

    /// <summary>Data of this part.</summary>
    public DataSize Size { get; private set; }

    /// <summary>The clone that goes to the device below.</summary>
    internal Bio Clone { get; }

    /// <inheritdoc/>
    public string Label => _base is null ? "io" : "io " + _base.Label;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>The end of the clone.</summary>
    public string EndIo => "crypt_endio";

    // ── from the device mapper ──────────────────────────────────────────

    internal void Begin(Bio bio, long sector, DataSize size)
    {
        (_base, Sector, Size, Error, _pending) = (bio, sector, size, Errno.Success, 0);
        Clone.SetNumber(bio.Number);
        Clone.Begin(sector, size, bio.IsWrite, bio.Cpu, _target.Kernel.Simulation.Now);
        JoinParts(bio);
    }

    /// <summary>A read goes below first, as <c>kcryptd_io_read</c> from the submitter's context (DM-D30).</summary>
    internal Operation ReadBelowAsync()
    {
        _pending++;
        return _target.Below.SubmitAsync(Clone);
    }

    // ── in kcryptd ──────────────────────────────────────────────────────

    /// <summary>Queues the conversion, as <c>kcryptd_queue_crypt</c>.</summary>
    internal void QueueConversion()
    {
        _isConverting = true;
        _target.Kcryptd.Queue(this, _base.Cpu);
    }

    /// <inheritdoc/>
    public override async Operation RunAsync()
    {
        _worker = _target.Kernel.Simulation.CurrentProcess;
        _pending++;
        if (_base.IsWrite)
        {
            _pending++;   // the clone
        }

        _target.OnConvert(this, _base.IsWrite);
        _conversionBegan = _target.Kernel.Simulation.Now;
        Errno error = await _context.ConvertAsync((int)(Size.Bytes / _target.Options.SectorSize.Bytes));
        if (error != Errno.Success)
        {
            Error = Errno.EIO;
        }

        _worker = default;
        if (_context.ReleaseConverter())
        {
            OnConverted();
        }

        Release();
    }

    /// <summary>The last request is finished: a write goes to the write tree, a read is done. Context: process or softirq.</summary>
    internal void OnConverted()
    {
        _isConverting = false;
        if (Error == Errno.Success && !_context.CheckEncrypted())
        {
            return;
        }

        _target.OnConverted(_base.IsWrite, _target.Kernel.Simulation.Now - _conversionBegan);
        if (_base.IsWrite && Error == Errno.Success)
        {
            _target.Writer.Add(this);
            return;
        }

        Release();
    }

    // ── from the device below ───────────────────────────────────────────

    /// <summary>The clone ended, as <c>crypt_endio</c>. Context: softirq.</summary>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        Error = Error == Errno.Success ? bio.Error : Error;
        if (!bio.IsWrite && Error == Errno.Success)
        {
            QueueConversion();
            return;
        }

        Release();
    }

    /// <summary>One reference goes, as <c>crypt_dec_pending</c>; at zero the io is freed before the base bio hears of it (DM-D6).</summary>
    private void Release()
    {
        AssertInvariants();
        if (--_pending > 0)
        {
            return;
        }

        (Bio bio, Errno error) = (_base, Error);
        LeaveParts(bio);
        _target.Free(this);
        DmCryptTarget.EndPart(bio, error);
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    private void JoinParts(Bio bio)
    {
        (_previousPart, _nextPart) = (null, bio.HeldBy as DmCryptIo);
        if (_nextPart is not null)
        {
            _nextPart._previousPart = this;
        }

        bio.HeldBy = this;
    }

    private void LeaveParts(Bio bio)
    {
        if (_nextPart is not null)
        {
            _nextPart._previousPart = _previousPart;
        }

        if (_previousPart is not null)
        {
            _previousPart._nextPart = _nextPart;
        }
        else
        {
            bio.HeldBy = _nextPart;
        }

        (_previousPart, _nextPart) = (null, null);
    }

    /// <summary>A worker converts it, the crypto provider holds its last requests, the writer or the device below has its clone; then the other parts of the bio.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_nextPart is not null)
        {
            owners.Add(_nextPart);
        }

        if (_worker.Exists)
        {
            owners.Add(_worker);
        }
        else if (_isConverting)
        {
            _target.ConvertingOwners(owners, inProvider: !IsPending);
        }
        else
        {
            owners.Add(Clone);
            _target.Writer.Owners(owners);
        }
    }

    private void AssertInvariants() => Invariant.Holds(_pending > 0, "io_pending reaches zero exactly once");
}

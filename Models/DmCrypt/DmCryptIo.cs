using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct dm_crypt_io</c>: one bio, or the part of it that was taken, on its way through the target (DM-D1).</summary>
/// <remarks>
/// <code>
///   write:  kcryptd: pages, convert ──► write tree ──► dmcrypt_write ──► device below ──► endio ──► base bio
///   read:   device below ──► endio ──► kcryptd: convert in place ──► base bio
/// </code>
/// Both without kcryptd where a flag says so. io_pending counts this function and every clone below; at zero the io is freed
/// and the base bio loses this part (DM-D6). The write path is in DmCryptIo.Write.cs, the read path in DmCryptIo.Read.cs.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "struct dm_crypt_io, kcryptd_crypt, kcryptd_queue_crypt, crypt_dec_pending", Version = "v6.18", Rules = "DM-D1 DM-D6 DM-D40")]
public sealed partial class DmCryptIo : WorkItem, IBioOwner, IHolder
{
    private readonly DmCryptTarget _target;
    private readonly ConvertContext _context;
    private Bio _base = null!;               // base_bio
    private int _pending;                    // io_pending
    private IoWork _work;                    // what the work item does when a worker takes it: io->work.func

    internal DmCryptIo(DmCryptTarget target)
    {
        _target = target;
        Data = new ConvertData();
        _context = new ConvertContext(target, this);
        Clone = new Bio(this);
    }

    /// <summary>The first error of any request or clone, as the user will see it.</summary>
    public Errno Error { get; private set; }

    /// <summary>[512-byte sectors] First sector below; the key of the write tree.</summary>
    public long Sector { get; private set; }

    /// <summary>It came from the pool of a table that a swap replaces.</summary>
    internal bool IsOfOldTable { get; private set; }

    /// <summary>Data of this part.</summary>
    public DataSize Size { get; private set; }

    /// <summary>The clone that goes to the device below.</summary>
    internal Bio Clone { get; }

    /// <summary>The pages that are encrypted or decrypted.</summary>
    internal ConvertData Data { get; }

    /// <summary>CPU of the submitter.</summary>
    internal int SubmitterCpu => _base.Cpu;

    /// <inheritdoc/>
    public string Label => _base is null ? "io" : "io " + _base.Label;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>The end of the clone.</summary>
    public string EndIo => "crypt_endio";

    /// <summary>A write, else a read.</summary>
    internal bool IsWrite => _base.IsWrite;

    /// <summary>The user wrote to the buffer while it was being read into: the data in it are not those of the device (DM-D33).</summary>
    internal bool IsModifiedWhileRead => _base.IsModifiedWhileRead && !_isRecheck;

    // ── from the device mapper ──────────────────────────────────────────

    /// <summary>Takes a bio or part of it, as <c>crypt_io_init</c>.</summary>
    internal void Begin(Bio bio, long sector, DataSize size)
    {
        (_base, Sector, Size, Error, _pending) = (bio, sector, size, Errno.Success, 0);
        (_decrypts, _isInTasklet, _isRecheck) = (false, false, false);
        IsOfOldTable = _target.Swap?.IsOldTable == true;
        BeginFragments();
        if (!_target.Settings.HasIoPool)
        {
            _context.TakeOwn();
        }

        Cpu = -1;
        Clone.SetNumber(bio.Number);
        Clone.Begin(sector, size, bio.IsWrite, bio.Cpu, _target.Kernel.Simulation.Now);
        Clone.Stages = bio.Stages;
        JoinParts(bio);
        ForgetHops();
    }

    // ── work items ──────────────────────────────────────────────────────

    /// <summary>Queues the io itself, as INIT_WORK and queue_work do.</summary>
    private void QueueWork(IoWork work, WorkQueue queue)
    {
        _work = work;
        Enter(work == IoWork.SubmitWrite ? BioStage.Writer : BioStage.KcryptdWait);
        CountHop();
        queue.Queue(this, _base.Cpu);
    }

    /// <inheritdoc/>
    public override Operation RunAsync() => _work switch
    {
        IoWork.ReadIo => ReadBelowAsync(),
        IoWork.Convert => IsWrite ? ConvertWriteAsync() : ConvertReadAsync(),
        IoWork.Continue => ContinueAsync(),
        IoWork.SubmitWrite => _target.Settings.HasFragments ? SubmitQueuedAsync() : SubmitBelowAsync(),
        IoWork.Recheck => RecheckAsync(),
        _ => EndAsync(),
    };

    /// <summary>Continues what softirq had to leave, as <c>kcryptd_crypt_read_continue</c> and <c>kcryptd_crypt_write_continue</c>. Context: process.</summary>
    private async Operation ContinueAsync()
    {
        Enter(BioStage.Conversion);
        BeginConverting();
        BlkStatus status = await _context.ContinueAsync();
        if (IsWrite)
        {
            await FinishWriteAsync(status);
        }
        else
        {
            FinishRead(status);
        }
    }

    private void QueueContinue()
    {
        EndConverting();
        _isConverting = true;
        _target.OnContinue(this);
        QueueWork(IoWork.Continue, _target.Kcryptd);
    }

    // ── from the convert context ────────────────────────────────────────

    /// <summary>Keeps the first error.</summary>
    internal void SetError(BlkStatus status)
    {
        if (Error == Errno.Success && status != BlkStatus.Ok)
        {
            Error = status == BlkStatus.Protection ? Errno.EILSEQ : Errno.EIO;
        }
    }

    /// <summary>The last request is done although its converter has gone on. Context: softirq.</summary>
    internal void OnLastRequestDone()
    {
        if (!IsWrite)
        {
            ReadDone();
        }
        else if (_target.Options.Zoned)
        {
            _context.CompleteDone();
        }
        else
        {
            SubmitWriteFromCallback();
        }
    }

    // ── from the device below ───────────────────────────────────────────

    /// <summary>The clone ended, as <c>crypt_endio</c>. Context: softirq, or what the device's interrupt runs in.</summary>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        Error = Error == Errno.Success ? bio.Error : Error;
        if (IsWrite)
        {
            _target.Pages.Free(Data, this);
            Release();
            return;
        }

        _target.Clones?.Free(this);
        if (Error == Errno.Success)
        {
            QueueDecryption();
            return;
        }

        Release();
    }

    // ── references ──────────────────────────────────────────────────────

    private void Hold() => _pending++;

    /// <summary>One reference goes, as <c>crypt_dec_pending</c>; at zero the io is freed before the base bio hears of it (DM-D6).</summary>
    private void Release()
    {
        AssertInvariants();
        if (--_pending > 0)
        {
            return;
        }

        if (_isInTasklet && _target.Settings.EndFromTasklet == EndFromTasklet.ViaKcryptdIo)
        {
            QueueWork(IoWork.End, _target.KcryptdIo);
            return;
        }

        End();
    }

    private Operation EndAsync()
    {
        End();
        return Operation.Completed;
    }

    private void End()
    {
        (Bio bio, Errno error) = (_base, Error);
        _context.FreeSpare();
        _target.Meter.Ended(bio.IsWrite, _hops);
        LeaveParts(bio);
        DmCryptIo? first = _baseIo;
        _target.OnReleased();
        if (_target.LateFree is null)
        {
            _target.Free(this);
        }

        if (first is not null)
        {
            first.OnFragmentEnd(error, Clone.Stages);
        }
        else
        {
            AssertWritten();
            _target.EndPart(bio, error, Clone.Stages);
        }

        _target.LateFree?.Add(this);
    }

    /// <summary>Where the time of this part goes from now on, for people; the clone keeps it.</summary>
    internal void Enter(BioStage stage) => Clone.Stages.Enter(stage, _target.Kernel.Simulation.Now);

    // ── always true ─────────────────────────────────────────────────────

    private void AssertInvariants() => Invariant.Holds(_pending > 0, "io_pending reaches zero exactly once");
}

/// <summary>The functions that an io's work item is initialised with.</summary>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_io_read_work, kcryptd_crypt, kcryptd_crypt_read_continue, kcryptd_crypt_read_recheck, kcryptd_io_bio_endio", Version = "v6.18")]
internal enum IoWork : byte
{
    Convert,
    Continue,
    ReadIo,
    SubmitWrite,
    Recheck,
    End,
}

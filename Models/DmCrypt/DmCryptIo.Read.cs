using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The read path of an io: the device below, then decryption in place (DM-D30 to DM-D32, DM-D40).</summary>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_io_read, kcryptd_crypt_read_convert, kcryptd_crypt_read_done", Version = "v6.18", Rules = "DM-D30 DM-D31 DM-D32 DM-D40")]
public sealed partial class DmCryptIo
{
    private IoSoftirq? _softirq;   // io->tasklet; null until the io first needs it
    private bool _isRaised;        // the softirq is to decrypt; else it submits a write
    private bool _isInTasklet;     // io->in_tasklet
    private ReadSubmission _submission;   // with no_read_workqueue
    private bool _isRecheck;       // io->ctx.aead_recheck: the second read, into private pages

    /// <summary>Goes below from the submitter's context, or from kcryptd_io in releases before 3.6. Context: process.</summary>
    internal Operation ReadAsync()
    {
        if (_target.Settings.ReadsFromSubmitter && _target.Clones?.TryAllocate(Gfp.NoWait, this) != false)
        {
            return SubmitCloneAsync();
        }

        QueueWork(IoWork.ReadIo, _target.KcryptdIo);
        return Operation.Completed;
    }

    /// <summary>The work item of kcryptd_io, which may wait for memory, as <c>kcryptd_io_read_work</c>.</summary>
    private async Operation ReadBelowAsync()
    {
        Enter(BioStage.Map);
        if (_target.Clones is { } clones)
        {
            await clones.AllocateAsync(Gfp.NoIo, this);
        }

        await SubmitCloneAsync();
    }

    private Operation SubmitCloneAsync()
    {
        Hold();
        return _target.Options.NoReadWorkqueue ? SubmitAndDecryptAsync() : _target.Below.SubmitAsync(Clone);
    }

    /// <summary>A device that ends the clone before the submission returns has it decrypted within the submission, in the same context.</summary>
    private async Operation SubmitAndDecryptAsync()
    {
        _submission = ReadSubmission.Pending;
        await _target.Below.SubmitAsync(Clone);
        bool endedWithin = _submission == ReadSubmission.Ended;
        _submission = ReadSubmission.None;
        if (endedWithin)
        {
            await ConvertReadAsync();
        }
    }

    /// <summary>Reads again into private pages, which no user can change meanwhile (DM-D33). Context: process, in kcryptd_io.</summary>
    private async Operation RecheckAsync()
    {
        Enter(BioStage.Map);
        await _target.Pages.AllocateAsync(Data, this);
        Clone.Begin(Sector, Size, isWrite: false, _base.Cpu, _target.Kernel.Simulation.Now);
        await ReadBelowAsync();
        Release();   // the first read's
    }

    // ── where the decryption runs ───────────────────────────────────────

    /// <summary>Decrypts in kcryptd, or by no_read_workqueue where the clone ended: DM-D40's table.</summary>
    private void QueueDecryption()
    {
        _isConverting = true;
        if (!_target.Options.NoReadWorkqueue || _isRecheck)
        {
            QueueWork(IoWork.Convert, _target.Kcryptd);
            return;
        }

        CpuContext context = _target.Kernel.Context;
        if (context == CpuContext.Process && _submission == ReadSubmission.Pending)
        {
            _submission = ReadSubmission.Ended;
            return;
        }

        if (context is not (CpuContext.Hardirq or CpuContext.IrqsOff))
        {
            RaiseDecryption(inTasklet: false);
            return;
        }

        switch (_target.Settings.DecryptFromInterrupt)
        {
            case DecryptFromInterrupt.Kcryptd:
                QueueWork(IoWork.Convert, _target.Kcryptd);
                break;
            case DecryptFromInterrupt.BhWork:
                RaiseDecryption(inTasklet: false);
                break;
            case DecryptFromInterrupt.TaskletInHardirq when context == CpuContext.IrqsOff:
                _target.Kernel.Simulation.Fail("DM-B05", $"{Label} would be decrypted with interrupts disabled: crypto API and locks enable them");
                break;
            default:
                RaiseDecryption(inTasklet: true);
                break;
        }
    }

    private void RaiseDecryption(bool inTasklet)
    {
        (_isRaised, _isInTasklet) = (true, inTasklet);
        Enter(BioStage.Interrupt);
        _softirq ??= new IoSoftirq(this);
        _target.Kernel.Softirqs.Raise(_target.Kernel.CurrentCpu(_base.Cpu), _softirq);
    }

    /// <summary>A write whose last callback ran in softirq goes below from there.</summary>
    private void RaiseSubmit()
    {
        _isRaised = false;
        Enter(BioStage.Interrupt);
        _softirq ??= new IoSoftirq(this);
        _target.Kernel.Softirqs.Raise(_target.Kernel.CurrentCpu(_base.Cpu), _softirq);
    }

    private Operation RunInSoftirqAsync() => _isRaised ? ConvertReadAsync() : SubmitBelowAsync();

    // ── the decryption ──────────────────────────────────────────────────

    private async Operation ConvertReadAsync()
    {
        Enter(BioStage.Conversion);
        Hold();
        BeginConverting();
        _target.OnConvert(this, isWrite: false);
        Data.Begin(Sector, Size, _target.Options.Unit);
        _context.Begin(Data);
        _conversionBegan = _target.Kernel.Simulation.Now;
        FinishRead(await _context.ConvertAsync(resetPending: true));
    }

    private void FinishRead(BlkStatus status)
    {
        if (status == BlkStatus.DevResource)
        {
            QueueContinue();
            return;
        }

        SetError(status);
        EndConverting();
        if (_context.ReleaseConverter())
        {
            ReadDone();
        }

        Release();
    }

    private void ReadDone()
    {
        _isConverting = false;
        if (_isRecheck)
        {
            _target.Pages.Free(Data, this);   // copied back
        }
        else if (Error == Errno.EILSEQ && _target.Settings.Recheck == Recheck.OnPrivatePages)
        {
            (_isRecheck, Error) = (true, Errno.Success);
            _target.OnRecheck(this);
            QueueWork(IoWork.Recheck, _target.KcryptdIo);
            return;
        }

        if (Error == Errno.Success && !CheckConverted())
        {
            return;
        }

        if (Clone.Found is { Count: > 0 } found && Error == Errno.Success && !TakeFound(found))
        {
            return;
        }

        _target.OnConverted(IsWrite, _target.Kernel.Simulation.Now - _conversionBegan);
        Release();
    }

    /// <summary>What was read becomes plaintext, if it was encrypted under the IV of the sector where it stood.</summary>
    private bool TakeFound(List<SectorRun> found)
    {
        foreach (SectorRun run in found)
        {
            if (run.Iv != run.First)
            {
                _target.Kernel.Simulation.Fail(Crypto.DataRule.Id, $"sector {run.First} of {Label} holds {run.Describe()}");
                return false;
            }

            _base.Find(run with { Iv = -1 });
        }

        return true;
    }

    /// <summary>How far the submission of a read's clone is.</summary>
    private enum ReadSubmission : byte
    {
        None,
        Pending,
        Ended,
    }

    /// <summary>The softirq of an io: a tasklet, a BH work item, or the rest of a block softirq.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_tasklet, kcryptd_crypt", Version = "v5.11", Rules = "DM-D40 DM-B07")]
    private sealed class IoSoftirq(DmCryptIo io) : SoftirqWork
    {
        private readonly DmCryptIo _io = io;

        /// <inheritdoc/>
        public override Operation RunAsync() => _io.RunInSoftirqAsync();
    }
}

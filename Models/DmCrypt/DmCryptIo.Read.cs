using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The read path of an io: the device below, then decryption in place (DM-D30 to DM-D32, DM-D40).</summary>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_io_read, kcryptd_crypt_read_convert, kcryptd_crypt_read_done", Version = "v6.18", Rules = "DM-D30 DM-D31 DM-D32 DM-D40")]
public sealed partial class DmCryptIo
{
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
}

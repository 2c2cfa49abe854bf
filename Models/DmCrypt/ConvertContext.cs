using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct convert_context</c>: the encryption or decryption of one io, a crypto request for each sector.</summary>
/// <remarks>
/// <code>
///   ConvertAsync ──► crypto API: Submit ──► ... ──► OnAsyncDone ──► last one: io.OnConverted
///        │ EBUSY (or always)                          │ EINPROGRESS (or always)
///        └────────► wait on ctx->restart ◄── complete ┘
/// </code>
/// cc_pending counts the converter and every request in flight; who takes it to zero finishes the io (DM-D7).
/// Time passes in submitting (CPU) and in waiting on <c>ctx->restart</c>. Not modelled: IV computation, the request
/// mempool, the form that runs in softirq (DM-D41).
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "struct convert_context, crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-D2 DM-D7 DM-D8")]
public sealed class ConvertContext
{
    private readonly DmCryptTarget _target;
    private readonly DmCryptIo _io;
    private readonly Completion _restart;                        // ctx->restart
    private readonly FreeList<ConvertRequest> _requests = new(); // this context's free requests
    private int _pending;                                        // cc_pending
    private int _sectors;                                        // crypto units of the io
    private int _sectorsLeft;                                    // those not yet submitted
    private readonly EncryptedSectors _encrypted = new();        // those done, to see that each is, once

    internal ConvertContext(DmCryptTarget target, DmCryptIo io)
    {
        _target = target;
        _io = io;
        _restart = new Completion(target.Kernel, "ctx->restart", "crypt_convert", target.Options.Wakeup);
    }

    // ── from kcryptd ────────────────────────────────────────────────────

    /// <summary>Submits a request for each sector, as <c>crypt_convert</c>; the result is the first submission error. Context: process.</summary>
    /// <param name="sectors">Crypto units of the io.</param>
    internal async Operation<Errno> ConvertAsync(int sectors)
    {
        AssertInvariants();
        _pending = 1;
        _sectors = _sectorsLeft = sectors;
        _encrypted.Begin(sectors);
        _restart.Reinitialize();
        while (_sectorsLeft > 0)
        {
            _sectorsLeft--;
            _pending++;
            await _target.SubmitSliceAsync(_io);
            SubmitResult result = SubmitNext();
            if (MustWait(result))
            {
                await _restart.WaitAsync();
                _restart.Reinitialize();
            }
            else if (result.Status is SubmitStatus.NoSpace or SubmitStatus.Error)
            {
                return result.Errno;
            }
        }

        return Errno.Success;
    }

    /// <summary>The converter's own reference goes; true if it was the last (DM-D7).</summary>
    internal bool ReleaseConverter() => --_pending == 0;

    private void MarkEncrypted(ConvertRequest request, bool isDone)
    {
        if (isDone && !_encrypted.Mark((request.Iv - _io.Sector) / SectorStep))
        {
            _target.Kernel.Simulation.Fail(DataRule.Id, $"sector {request.Iv} of {_io.Label} was encrypted twice");
        }
    }

    /// <summary>False, with the run ended, if data leave the target of which a sector was not encrypted.</summary>
    internal bool CheckEncrypted()
    {
        if (_encrypted.Count == _sectors)
        {
            return true;
        }

        _target.Kernel.Simulation.Fail(DataRule.Id, $"{_io.Label} leaves with {_encrypted.Count} of its {_sectors} sectors encrypted");
        return false;
    }

    private long SectorStep => _target.Options.SectorSize.Bytes / 512;   // of cc_sector (DM-D5)

    private ConvertRequest AllocateRequest() =>
        _requests.TryTake(out ConvertRequest? request) ? request : new ConvertRequest(this, _target.Options.SectorSize);

    /// <summary>Submits the next sector; the request is this context's again unless it was accepted.</summary>
    private SubmitResult SubmitNext()
    {
        ConvertRequest request = AllocateRequest();
        request.Iv = _io.Sector + ((_sectors - _sectorsLeft - 1) * SectorStep);
        SubmitResult result = _target.Cipher.Submit(request);
        if (MustWait(result))
        {
            _restart.Owner = request;
            _target.OnRestartWait(_io, request, !_restart.IsDone);
        }
        else if (!result.Accepted)
        {
            MarkEncrypted(request, result.Status == SubmitStatus.Done);
            _pending--;
            _requests.Put(request);
        }

        return result;
    }

    private bool MustWait(SubmitResult result) =>
        result.Status == SubmitStatus.Busy || (result.Status == SubmitStatus.InProgress && _target.Options.Submit == Submit.WaitEveryRequest);

    // ── from the provider ───────────────────────────────────────────────

    /// <summary>The crypto API calls back, as <c>kcryptd_async_done</c>. Context: softirq.</summary>
    internal void OnAsyncDone(ConvertRequest request, Errno status)
    {
        AssertInvariants();
        if (status == Errno.EINPROGRESS)
        {
            OnLeftBacklog();
            return;
        }

        _io.Error = status == Errno.Success ? _io.Error : Errno.EIO;
        MarkEncrypted(request, status == Errno.Success);

        _requests.Put(request);
        _pending--;
        if (_target.Options.Submit == Submit.WaitEveryRequest && !_restart.IsDone)
        {
            _restart.Complete();
        }

        if (_pending == 0)
        {
            _io.OnConverted();
        }
    }

    private void OnLeftBacklog()
    {
        if (_target.Options.Submit == Submit.WaitOnBusy)
        {
            _restart.Complete();
        }
    }

    // ── always true ─────────────────────────────────────────────────────

    private void AssertInvariants() => Invariant.Holds(_pending >= 0 && _sectorsLeft >= 0, "cc_pending never falls below zero");
}

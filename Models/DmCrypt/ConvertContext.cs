using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary><c>struct convert_context</c>: the encryption or decryption of one io, a crypto request for each sector.</summary>
/// <remarks>
/// <code>
///   ConvertAsync ──► crypto API: Submit ──► ... ──► OnAsyncDone ──► last one: io.OnConverted
///        │ EBUSY (or always)                          │ EINPROGRESS (or always)
///        ├── may sleep: wait on ctx->restart ◄── complete ┘
///        └── softirq: BLK_STS_DEV_RESOURCE ──► kcryptd waits on ctx->restart and continues here
/// </code>
/// cc_pending counts the converter and every request in flight; who takes it to zero finishes the io (DM-D7).
/// Time passes in submitting and in synchronous ciphers (CPU) and in waiting on <c>ctx->restart</c>. Not modelled: IV computation.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "struct convert_context, crypt_convert, kcryptd_async_done", Version = "v6.18", Rules = "DM-D2 DM-D7 DM-D8 DM-D41")]
public sealed partial class ConvertContext
{
    private readonly DmCryptTarget _target;
    private readonly DmCryptIo _io;
    private readonly Completion _restart;                        // ctx->restart
    private readonly FreeList<ConvertRequest> _requests = new(); // this context's free requests
    private ConvertData _data;                                   // ctx->bio_out, for a read ctx->bio_in
    private int _pending;                                        // cc_pending
    private int _unitsLeft;                                      // those not yet submitted
    private ConvertRequest? _refused;                            // what the provider did not keep, until its CPU time is spent
    private BlkStatus _refusal;                                  // and how the conversion goes on then
    private int _tagOffset;                                      // tag_offset
    private bool _hasRequest;                                    // ctx->req is there: the io's own at first
    private bool _isPooled;                                      // and it came from req_pool
    [NotState]
    private bool _isBlocked;                                     // the converter waits on ctx->restart; for people

    internal ConvertContext(DmCryptTarget target, DmCryptIo io)
    {
        (_target, _io, _data) = (target, io, io.Data);
        _restart = new Completion(target.Kernel, "ctx->restart", "crypt_convert", target.Options.Wakeup);
    }

    // ── from kcryptd, or wherever the conversion runs ───────────────────

    /// <summary>Points the context at data, as <c>crypt_convert_init</c>.</summary>
    internal void Begin(ConvertData data)
    {
        (_data, _unitsLeft, _tagOffset) = (data, data.Units, 0);
        _restart.Reinitialize();
    }

    /// <summary>Submits a request for each unit, as <c>crypt_convert</c>. Context: process or softirq.</summary>
    /// <param name="resetPending">False when a work item continues what softirq had to leave.</param>
    /// <returns>The first submission error; DevResource where the rest is to be continued in process context.</returns>
    internal async Operation<BlkStatus> ConvertAsync(bool resetPending)
    {
        Start(resetPending);
        while (_unitsLeft > 0)
        {
            if (!_hasRequest && _target.Requests is not null && !await AllocateAsync())
            {
                return BlkStatus.DevResource;
            }

            await _target.SubmitSliceAsync(_io);
            SubmitResult result = _target.Cipher.SubmitsInSteps ? await SubmitNextAsync() : SubmitNext();
            if (MustWait(result))
            {
                if (!await WaitAsync())
                {
                    return BlkStatus.DevResource;
                }
            }
            else if (!result.Accepted)
            {
                await _target.SpendAsync(_io, result);
                if (TakeBack() is var status and not BlkStatus.Ok)
                {
                    return status;
                }
            }
        }

        return BlkStatus.Ok;
    }

    /// <summary>Continues in process context what softirq had to leave, as <c>kcryptd_crypt_read_continue</c>. Context: process.</summary>
    internal async Operation<BlkStatus> ContinueAsync()
    {
        Block();
        await _restart.WaitAsync();
        Unblock();
        return await ConvertAsync(resetPending: false);
    }

    /// <summary>The converter's own reference goes; true if it was the last (DM-D7).</summary>
    internal bool ReleaseConverter()
    {
        bool isLast = Uncount();
        if (!isLast)
        {
            _io.Enter(BioStage.RingWait);
        }

        return isLast;
    }

    /// <summary>A zoned write waits in its converter until the last request is done (DM-B17). Context: process; elsewhere a fault.</summary>
    internal async Operation WaitUntilDoneAsync()
    {
        await _restart.WaitAsync();
        _restart.Reinitialize();
    }

    /// <summary>The last request of a zoned write is done: its converter goes on.</summary>
    internal void CompleteDone()
    {
        _io.Enter(BioStage.WakeUp);
        _restart.Complete();
    }

    /// <summary>The io brings a request of its own, in the bio's private data (DM-D3).</summary>
    internal void TakeOwn() => (_hasRequest, _isPooled) = (true, false);

    /// <summary>A request from the pool that no unit used goes back.</summary>
    internal void FreeSpare()
    {
        if (_hasRequest && _isPooled)
        {
            _target.Requests?.Free(_io);
        }

        _hasRequest = false;
    }

    /// <summary>Allocates ctx->req, as <c>crypt_alloc_req</c>; false if the context forbids to wait for it.</summary>
    private async Operation<bool> AllocateAsync()
    {
        bool isAtomic = _target.Kernel.Context != CpuContext.Process && _target.Settings.RequestAllocation == RequestAllocation.Atomic;
        if (!await _target.Requests!.AllocateAsync(isAtomic ? Gfp.Atomic : Gfp.NoIo, _io))
        {
            _restart.Complete();   // the work item that continues need not wait
            return false;
        }

        (_hasRequest, _isPooled) = (true, true);
        return true;
    }

    private void Start(bool resetPending)
    {
        NoteReset(resetPending);
        _pending = resetPending ? 1 : _pending;
        _tagOffset = resetPending || _target.Settings.TagOffset == TagOffset.Context ? _tagOffset : 0;
        AssertInvariants();
    }

    /// <summary>Points a free request at the next unit.</summary>
    private ConvertRequest Next()
    {
        ConvertRequest request = _requests.TryTake(out ConvertRequest? free) ? free : new ConvertRequest(this, _target);
        int unit = _data.Units - _unitsLeft--;
        request.Aim(_data, unit, _tagOffset++, _target.SectorOf(_data, unit), _target.Options);
        (request.IsEncryption, request.Cpu) = (_io.IsWrite, _target.CpuOf(_io));
        request.IsPooled = _isPooled;
        _hasRequest = false;
        _pending++;
        return request;
    }

    // No local of ConvertAsync is used after a wait, neither request nor answer: what is over would stay part of the state.

    private SubmitResult SubmitNext()
    {
        ConvertRequest request = Next();
        return Submitted(request, _target.Cipher.Submit(request));
    }

    private async Operation<SubmitResult> SubmitNextAsync()
    {
        ConvertRequest request = Next();
        return Submitted(request, await _target.Cipher.SubmitAsync(request));
    }

    private SubmitResult Submitted(ConvertRequest request, SubmitResult result)
    {
        if (MustWait(result))
        {
            _restart.Owner = request;
            _target.OnRestartWait(_io, request, !_restart.IsDone);
        }
        else if (!result.Accepted)
        {
            (_refused, _refusal) = (request, result.Status == SubmitStatus.Done ? BlkStatus.Ok : StatusOf(result.Errno));
        }

        return result;
    }

    private bool MustWait(SubmitResult result) =>
        result.Status == SubmitStatus.Busy || (result.Status == SubmitStatus.InProgress && _target.Settings.Submit == Submit.WaitEveryRequest);

    /// <summary>Waits until the request has left the backlog; false where only a work item may.</summary>
    private async Operation<bool> WaitAsync()
    {
        if (_target.Kernel.Context == CpuContext.Process || _target.Settings.BusyInSoftirq == BusyInSoftirq.Sleep)
        {
            Block();
            await _restart.WaitAsync();
        }
        else if (!_restart.TryWait())
        {
            return false;
        }

        Unblock();
        return true;
    }

    private void Block()
    {
        _isBlocked = !_restart.IsDone;
        if (_isBlocked)
        {
            _io.Enter(BioStage.RingWait);
        }
    }

    private void Unblock()
    {
        _isBlocked = false;
        _io.Enter(BioStage.Conversion);
        _restart.Reinitialize();
    }

    /// <summary>The provider did not keep the request: it is this context's again.</summary>
    /// <returns>How the conversion goes on.</returns>
    private BlkStatus TakeBack()
    {
        (ConvertRequest request, BlkStatus status) = (_refused!, _refusal);
        (_refused, _refusal) = (null, BlkStatus.Ok);
        MarkDone(request, status == BlkStatus.Ok);
        (_hasRequest, _isPooled) = (true, request.IsPooled);
        Uncount();
        _requests.Put(request);
        return status;
    }

    private void MarkDone(ConvertRequest request, bool isDone)
    {
        if (isDone && !request.Data.Mark(request.Unit))
        {
            _target.Kernel.Simulation.Fail(DataRule.Id, $"sector {request.Sector} of {_io.Label} was encrypted twice");
        }
        else if (isDone && _target.Options.TagSize.Bytes > 0)
        {
            CheckTag(request);
        }
    }

    /// <summary>A tag belongs to its unit. In a read the cipher answers EBADMSG to any other, and to data that the user changed meanwhile; in a write it is stored where another's should be.</summary>
    private void CheckTag(ConvertRequest request)
    {
        if (!_io.IsWrite)
        {
            _io.SetError(request.Tag != request.Unit || _io.IsModifiedWhileRead ? BlkStatus.Protection : BlkStatus.Ok);
        }
        else if (request.Tag != request.Unit)
        {
            _target.Kernel.Simulation.Fail(DataRule.Id, $"the integrity tag of sector {request.Sector} of {_io.Label} was stored at place {request.Tag}, which is that of another sector; its own is {request.Unit}");
        }
    }

    private static BlkStatus StatusOf(Errno errno) => errno == Errno.EBADMSG ? BlkStatus.Protection : BlkStatus.IoError;

    // ── from the provider ───────────────────────────────────────────────

    /// <summary>The crypto API calls back, as <c>kcryptd_async_done</c>. Context: softirq.</summary>
    internal void OnAsyncDone(ConvertRequest request, Errno status)
    {
        AssertInvariants();
        _io.CountCryptoHop();
        if (status == Errno.EINPROGRESS)
        {
            OnLeftBacklog();
            return;
        }

        _io.SetError(status == Errno.Success ? BlkStatus.Ok : StatusOf(status));
        MarkDone(request, status == Errno.Success);
        Free(request);
        bool isLast = Uncount();
        bool completes = _target.Settings.Submit == Submit.WaitEveryRequest && !_restart.IsDone;
        if (isLast || (completes && _isBlocked))
        {
            request.SplitWait(ref _io.Clone.Stages, _target.Kernel.Simulation.Now);
        }

        if (completes)
        {
            CompleteRestart();
        }

        if (isLast)
        {
            _io.OnLastRequestDone();
        }
    }

    private void Free(ConvertRequest request)
    {
        _requests.Put(request);
        if (request.IsPooled)
        {
            _target.Requests!.Free(_io);
        }
    }

    private void OnLeftBacklog()
    {
        if (_target.Settings.Submit == Submit.WaitOnBusy)
        {
            CompleteRestart();
        }
    }

    private void CompleteRestart()
    {
        if (_isBlocked)
        {
            _io.Enter(BioStage.WakeUp);
        }

        _restart.Complete();
    }

    // ── always true ─────────────────────────────────────────────────────

    private void AssertInvariants() => Invariant.Holds((_pending >= 0 || _wasReset) && _unitsLeft >= 0, "cc_pending never falls below zero");
}

using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>The sending side of one kTLS socket.</summary>
/// <remarks>
/// <code>
///   sendmsg: record ──► crypto API ──► EINPROGRESS: next record ... ──► wait until encrypt_pending is 0
///               │ EBUSY: OnEbusy           tls_encrypt_done: encrypt_pending - 1, record to the wire ┘
/// </code>
/// Time passes in the crypto API only. Not modelled: the transmission, key updates, zero copy, the receiving side, whose
/// lesson is the same.
/// </remarks>
[KernelSource("net/tls/tls_sw.c", "tls_sw_sendmsg, tls_do_encryption, tls_encrypt_done, tls_encrypt_async_wait", Version = "v6.18", Rules = "DM-C4 DM-B14")]
internal sealed class TlsSocket : IHolder
{
    private readonly TlsGroup _group;
    private readonly Completion _wait;                        // ctx->async_wait
    private readonly FreeList<TlsRecord> _records = new();    // not in use
    private int _sent;          // records submitted
    private int _pending;       // encrypt_pending
    private bool _waits;        // sendmsg sleeps until it is 0
    private Errno _asyncError;  // async_wait.err: of a record that failed in the driver

    public TlsSocket(TlsGroup group, int number)
    {
        _group = group;
        _wait = new Completion(group.Kernel, "async_wait", "tls_encrypt_async_wait", Duration.Zero) { Owner = this };
        group.Kernel.Simulation.Spawn($"{group.Name}/{number}", SendAsync());
    }

    /// <inheritdoc/>
    public string Label => "records";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private async Process SendAsync()
    {
        _group.Kernel.Enter(CpuContext.Process);
        while (_sent < _group.Options.NumberIos)
        {
            await SendRecordAsync();
            if (++_sent % _group.Options.Iodepth == 0 || _sent == _group.Options.NumberIos)
            {
                await WaitForAllAsync();
                _asyncError = Errno.Success;
            }
        }

        _group.OnSocketFinished();
    }

    /// <summary>Hands a record to the crypto API, as <c>tls_do_encryption</c>.</summary>
    private async Operation SendRecordAsync()
    {
        TlsRecord record = _records.TryTake(out TlsRecord? free) ? free : new TlsRecord(this, _group.Options.Bs);
        record.Allocate();
        record.SubmittedAt = _group.Kernel.Simulation.Now;
        _pending++;
        SubmitResult result = await _group.Provider.SubmitAsync(record);
        if (result.Status == SubmitStatus.InProgress)
        {
            return;
        }

        if (result.Status == SubmitStatus.Busy && _group.Options.OnEbusy != OnEbusy.TakeForError)
        {
            await WaitForAllAsync();
            if (_asyncError != Errno.Success && _group.Options.OnEbusy == OnEbusy.WaitAndUnwind)
            {
                CountDown("tls_do_encryption");
            }

            return;
        }

        Unwind(record, result.Errno);
    }

    /// <summary>The record is done, or its submission is taken for failed.</summary>
    private void Unwind(TlsRecord record, Errno error)
    {
        if (CountDown("tls_do_encryption") && record.Free(_group.Kernel, "tls_do_encryption"))
        {
            _group.OnDone(record, error);
        }
    }

    private async Operation WaitForAllAsync()
    {
        if (_pending > 0)
        {
            _waits = true;
            await _wait.WaitAsync();
            _wait.Reinitialize();
        }
    }

    /// <summary>The crypto API calls back, as <c>tls_encrypt_done</c>. Context: softirq.</summary>
    internal void OnEncryptDone(TlsRecord record, Errno status)
    {
        bool isNotification = status == Errno.EINPROGRESS && _group.Options.OnEbusy != OnEbusy.TakeForError;
        if (isNotification || !record.Touch(_group.Kernel, "tls_encrypt_done") || !CountDown("tls_encrypt_done"))
        {
            return;
        }

        _asyncError = status == Errno.Success ? _asyncError : status;
        record.Free(_group.Kernel, "tls_tx_records");
        _group.OnDone(record, status);
        _records.Put(record);
        if (_pending == 0 && _waits)
        {
            _waits = false;
            _wait.Complete();
        }
    }

    /// <summary>encrypt_pending - 1.</summary>
    /// <returns>False, with the run ended, if it was 0.</returns>
    private bool CountDown(string function)
    {
        if (_pending > 0)
        {
            _pending--;
            return true;
        }

        _group.Kernel.Simulation.Fail("DM-C4", $"{function} counts encrypt_pending down below 0: the callback of a record that was answered EBUSY had done so already");
        return false;
    }

    /// <summary>For diagnosis: its records are in the driver.</summary>
    public void Owners(OwnerList owners) => _group.Provider.Owners(owners);
}

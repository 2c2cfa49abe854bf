using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>The process of kcapi, with what libkcapi does for it.</summary>
/// <remarks>
/// <code>
///   aio:          sendmsg(op, IV, 64 IOVECs) ──► io_submit(64 IOCBs) ──► io_getevents until all are back ──► the next 64
///   sync:        (sendmsg(op, IV, data)      ──► recvmsg) × d
///   sync-stream: (sendmsg(MSG_MORE, data)    ──► recvmsg) × d
/// </code>
/// Time passes in the socket and in waiting. Not modelled: vmsplice in the place of sendmsg for more than 8 KiB.
/// </remarks>
[KernelSource("fs/aio.c", "io_submit, io_getevents", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-7 AA-11 AA-13 AA-23")]
internal sealed class KcapiTask : IIocbOwner, IHolder
{
    /// <summary>KCAPI_AIO_CONCURRENT: IOCBs in flight at most.</summary>
    public const int Concurrent = 64;

    private readonly AfAlgGroup _group;
    private readonly KcapiOptions _options;
    private readonly OperationSocket _socket;
    private readonly IoEvents _events;
    private readonly Queue<int> _refused = new();   // IOCBs of the chunk that are to be submitted again
    private readonly IvValue[] _expected;           // of each IOCB of the chunk
    private int _first;                             // 0-based number of the chunk's first IOCB
    private int _inFlight;
    private bool _hasFailed;                        // an event had an error, or a system call

    public KcapiTask(AfAlgGroup group, KcapiOptions options)
    {
        (_group, _options) = (group, options);
        _expected = new IvValue[Math.Min(options.Iovecs, Concurrent)];
        Buffer = new OutputBuffer(group.Cipher, group.Options, 1);
        _socket = new OperationSocket(group.Kernel, group.Name, group.Options, group.Provider, group.Cipher, group.Tfm, this);
        _events = new IoEvents(group.Kernel, options.Wakeup, -1) { Owner = this };
        group.Kernel.Simulation.Spawn(group.Name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "kioctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>What it prints; nothing if a call has failed.</summary>
    public RunOutput? Printed => _hasFailed ? null : Buffer.ToOutput(_group.Name, _group.Options);

    /// <summary>What is kept of it.</summary>
    [field: NotState]
    public OutputBuffer Buffer { get; }

    private long Length => _options.DataLength.Bytes;

    private async Process RunAsync()
    {
        _group.Kernel.Enter(CpuContext.Process);
        while (_first < _options.Iovecs && !_hasFailed)
        {
            if (_options.Type == KcapiType.Aio)
            {
                await CallAioAsync(Math.Min(_options.Iovecs - _first, Concurrent - _inFlight));
            }
            else
            {
                await CallAsync(isStream: _options.Type == KcapiType.SyncStream);
            }
        }

        _group.OnTaskFinished();
    }

    // ── -x 9 ────────────────────────────────────────────────────────────

    /// <summary>A chunk: what one sendmsg and one io_submit carry. Each begins with the IV of the command line again.</summary>
    private async Operation CallAioAsync(int count)
    {
        Expect(count);
        Check(await _socket.SendAsync(IvValue.Parse(_options.Iv), count * Length, more: false));
        for (int i = 0; i < count && !_hasFailed; i++)
        {
            await SubmitAsync(i);
        }

        await GetEventsAsync();
        while (_refused.Count > 0 && !_hasFailed)
        {
            await SubmitAgainAsync(_refused.Count);
            await GetEventsAsync();
        }

        _first += count;
    }

    /// <summary>io_submit_one(): the read comes back with -EIOCBQUEUED, or with what its event says.</summary>
    private async Operation SubmitAsync(int place)
    {
        _inFlight++;
        ReadAnswer answer = await _socket.ReadAsync(_first + place, _expected[place], Length);
        while (answer.Areq is null && _options.OnEbusy == KcapiRetry.Retry)
        {
            await _events.WaitAsync();
            answer = await _socket.ReadAsync(_first + place, _expected[place], Length);
        }

        if (answer.Areq is null)
        {
            _inFlight--;
            OnRefused(place, answer.Errno);
        }
        else if (!answer.IsQueued)
        {
            End(answer.Areq);
        }
    }

    private async Operation SubmitAgainAsync(int count)
    {
        while (count-- > 0)
        {
            await SubmitAsync(_refused.Dequeue());
        }
    }

    private void OnRefused(int place, Errno errno)
    {
        if (_options.OnEbusy == KcapiRetry.RetryBatch)
        {
            _refused.Enqueue(place);
        }
        else
        {
            _group.OnError($"{errno} in the event of IOCB {_first + place + 1}");
        }
    }

    private async Operation GetEventsAsync()
    {
        while (_inFlight > 0)
        {
            await _events.WaitAsync();
        }

        _hasFailed |= _group.HasErrors;
    }

    // ── -x 1 ────────────────────────────────────────────────────────────

    private async Operation CallAsync(bool isStream)
    {
        if (_first == 0 || !isStream)
        {
            Expect(1);
        }

        IvValue? iv = _first == 0 || !isStream ? IvValue.Parse(_options.Iv) : null;
        Check(await _socket.SendAsync(iv, Length, more: isStream));
        ReadAnswer answer = await _socket.ReadAsync(_first, _expected[0], Length, isAio: false);
        _first++;
        if (answer.Areq is null)
        {
            Check(answer.Errno);
            return;
        }

        _inFlight++;
        End(answer.Areq);
        _hasFailed |= _group.HasErrors;
        Follow();
    }

    private void Check(Errno errno)
    {
        if (errno != Errno.Success)
        {
            _group.OnError($"{errno} from a system call");
            _hasFailed = true;
        }
    }

    // ── what is expected ────────────────────────────────────────────────

    /// <summary>The IVs of a chunk: each from where the one before ends.</summary>
    private void Expect(int count)
    {
        _expected[0] = IvValue.Parse(_options.Iv);
        for (int i = 1; i < count; i++)
        {
            _expected[i] = _socket.UsesInlineIv ? _expected[0] : After(_expected[i - 1], _first + i - 1);
        }
    }

    /// <summary>The IV of the next piece of a stream.</summary>
    private void Follow()
    {
        if (!_socket.UsesInlineIv)
        {
            _expected[0] = After(_expected[0], _first - 1);
        }
    }

    private IvValue After(IvValue iv, int iocb) => _group.Cipher.Crypt(iv, iocb * Length, Length, _options.Operation == AlgOp.Encrypt, []);

    // ── IIocbOwner ──────────────────────────────────────────────────────

    public Span<byte> OutputOf(Areq areq) => Buffer.Of(areq);

    public void OnStaleIv(Areq areq) => _group.OnStaleIv(areq);

    public void OnIocbDone(Areq areq)
    {
        End(areq);
        _events.Signal();
    }

    private void End(Areq areq)
    {
        _inFlight--;
        Buffer.Add(areq, Told(areq));
        _group.OnDone(areq);
        _socket.Free(areq);
    }

    /// <summary>Bytes that libkcapi takes an event for: it reads a result of 0, which releases before 4.14 tell for success, as all of the IOVEC.</summary>
    private long Told(Areq areq)
    {
        long result = areq.IsAsync && _socket.Backlogs ? 0 : areq.Length.Bytes;
        return result == 0 ? Length : result;
    }

    /// <summary>For diagnosis: its requests are in the driver.</summary>
    public void Owners(OwnerList owners) => _socket.Owners(owners);
}

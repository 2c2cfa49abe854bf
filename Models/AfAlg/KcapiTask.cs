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
internal sealed class KcapiTask : IHolder
{
    /// <summary>KCAPI_AIO_CONCURRENT: IOCBs in flight at most.</summary>
    public const int Concurrent = 64;

    private readonly AfAlgGroup _group;
    private readonly KcapiOptions _options;
    private readonly IoEvents _events;
    private readonly Queue<KcapiIocb> _refused = new();   // are to be submitted again
    private readonly KcapiIocb[] _iocbs;                  // of a chunk
    private int _first;                                   // 0-based number of the chunk's first IOVEC
    private int _inFlight;
    private bool _hasFailed;                              // an event had an error, or a system call

    public KcapiTask(AfAlgGroup group, KcapiOptions options)
    {
        (_group, _options) = (group, options);
        _iocbs = new KcapiIocb[Math.Min(options.Iovecs, Concurrent)];
        for (int i = 0; i < _iocbs.Length; i++)
        {
            _iocbs[i] = new KcapiIocb(this);
        }

        Output = new OutputBuffer(group.Cipher, group.Options, 1);
        Socket = new OperationSocket(group.Kernel, group.Name, group.Options, group.Provider, group.Cipher, group.Tfm, new NobodyReads(), group.Meter);
        _events = new IoEvents(group.Kernel, options.Wakeup, -1) { Owner = this };
        group.Kernel.Simulation.Spawn(group.Name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "kioctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Its operation socket.</summary>
    public OperationSocket Socket { get; }

    /// <summary>What is kept of what its IOCBs put out.</summary>
    [field: NotState]
    public OutputBuffer Output { get; }

    /// <summary>What it prints; nothing if a call has failed.</summary>
    public RunOutput? Printed => _hasFailed ? null : Output.ToOutput(_group.Name);

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
        Check(await Socket.SendAsync(IvValue.Parse(_options.Iv), count * Length, more: false));
        for (int i = 0; i < count && !_hasFailed; i++)
        {
            _iocbs[i].For(_first + i);
            await SubmitAsync(_iocbs[i]);
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
    private async Operation SubmitAsync(KcapiIocb iocb)
    {
        _inFlight++;
        ReadAnswer answer = await Socket.ReadAsync(Length, iocb);
        while (IsRefused(answer) && _options.OnEbusy == KcapiRetry.Retry && _inFlight > 1)
        {
            await _events.WaitAsync();
            answer = await Socket.ReadAsync(Length, iocb);
        }

        if (!answer.IsQueued)
        {
            OnAnswer(iocb, answer);
        }
    }

    private async Operation SubmitAgainAsync(int count)
    {
        while (count-- > 0)
        {
            await SubmitAsync(_refused.Dequeue());
        }
    }

    private static bool IsRefused(ReadAnswer answer) => answer is { Areq: null, Errno: Errno.EBUSY };

    /// <summary>Its event is there before io_submit is over.</summary>
    private void OnAnswer(KcapiIocb iocb, ReadAnswer answer)
    {
        if (IsRefused(answer) && _options.OnEbusy == KcapiRetry.RetryBatch)
        {
            _inFlight--;
            _refused.Enqueue(iocb);
        }
        else
        {
            End(answer, iocb.Number);
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
        IvValue? iv = _first == 0 || !isStream ? IvValue.Parse(_options.Iv) : null;
        Check(await Socket.SendAsync(iv, Length, more: isStream));
        if (_hasFailed)
        {
            return;
        }

        _inFlight++;
        _iocbs[0].For(_first);
        End(await Socket.ReadAsync(Length, _iocbs[0], isAio: false), _first);
        _first++;
        _hasFailed |= _group.HasErrors;
    }

    private void Check(Errno errno)
    {
        if (errno != Errno.Success)
        {
            _group.OnError($"{errno} from sendmsg");
            _hasFailed = true;
        }
    }

    // ── the end of an IOCB ──────────────────────────────────────────────

    /// <summary>A read that was not queued, or was refused.</summary>
    private void End(in ReadAnswer answer, int number)
    {
        if (answer is { Areq: { } areq, Errno: Errno.Success })
        {
            End(areq, number);
            return;
        }

        _inFlight--;
        if (answer.Errno != Errno.Success)
        {
            _group.OnError($"{answer.Errno} in the event of IOCB {number + 1}");
        }
        else
        {
            _group.OnMisplaced($"IOCB {number + 1} got no data, and its result 0 was read as its whole length");
        }

        if (answer.Areq is { } refused)
        {
            Socket.Free(refused);
        }
    }

    /// <summary>ki_complete(). Context: the callback's, mostly softirq.</summary>
    public void OnEvent(Areq areq, int number)
    {
        End(areq, number);
        _events.Signal();
    }

    private void End(Areq areq, int number)
    {
        _inFlight--;
        long position = areq.Position - areq.Offset;
        if (position != number * Length)
        {
            _group.OnMisplaced($"IOCB {number + 1} got those of IOCB {(position / Length) + 1}, which had been refused");
        }

        Output.Add(areq, number, Told(areq));
        _group.OnDone(areq);
        Socket.Free(areq);
    }

    /// <summary>Bytes that libkcapi takes an event for: it reads a result of 0, which releases before 4.14 tell for success, as all of the IOVEC.</summary>
    private long Told(Areq areq)
    {
        long result = areq.IsAsync && Socket.Backlogs ? 0 : areq.Offset + areq.Length.Bytes;
        return result == 0 ? Length : result;
    }

    /// <summary>Where a result goes: into the IOVEC.</summary>
    public Span<byte> OutputOf(Areq areq, int number) => Output.Of(areq, number, (number * Length) + areq.Offset);

    /// <summary>A driver has read a stale IV.</summary>
    public void OnStaleIv(Areq areq) => _group.OnStaleIv(areq);

    /// <summary>For diagnosis: its requests are in the driver.</summary>
    public void Owners(OwnerList owners) => Socket.Owners(owners);
}

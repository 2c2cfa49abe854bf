using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>A task on an operation socket: keeps iodepth IOCBs in flight.</summary>
/// <remarks>
/// <code>
///   sendmsg(MSG_MORE) ──► io_submit: IOCB after IOCB ──► -EIOCBQUEUED │ 0 │ EBUSY ... ──► io_getevents
/// </code>
/// Time passes in the socket and in waiting. An IOCB whose read fails is an event with the error, as one that succeeds is
/// (aio_rw_done); io_submit goes on to the next and answers that it took all.
/// </remarks>
[KernelSource("fs/aio.c", "io_submit, aio_rw_done, io_getevents", Version = "v4.14", Rules = "AA-11 AA-13 AA-16")]
internal sealed class AioTask : IIocbOwner, IHolder
{
    /// <summary>Pause of a task whose IOCB was refused while it has none in flight, so that it cannot spin at zero time; assumed.</summary>
    private static readonly Duration AfterRefusal = Duration.FromMicroseconds(1);

    private readonly AfAlgGroup _group;
    private readonly AioStream _stream;
    private readonly IoEvents _events;
    private readonly Queue<TxRun> _unsent = new();   // of its part of the stream: refused, or gone with a request that a driver refused
    private long _todo;             // [B] of this io_submit
    private long _ahead;            // [B] sent and not read
    private int _inFlight;          // IOCBs
    private bool _mustPause;        // an IOCB was refused
    private bool _hasFailed;        // and nothing more is submitted

    public AioTask(AfAlgGroup group, AioStream stream, string name)
    {
        (_group, _stream) = (group, stream);
        _events = new IoEvents(group.Kernel, group.Options.Wakeup, -1) { Owner = this };
        group.Kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "kioctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    private AfAlgOptions Options => _group.Options;

    private bool HasMore => _stream.Left > 0 && !_hasFailed;

    private async Process RunAsync()
    {
        _group.Kernel.Enter(CpuContext.Process);
        while (HasMore || _inFlight > 0)
        {
            if (!HasMore || _inFlight >= Options.Iodepth)
            {
                await _events.WaitAsync();
                continue;
            }

            await SubmitAsync();
            if (_mustPause && !_hasFailed)
            {
                await PauseAsync();
            }
        }

        _stream.OnTaskFinished();
        _group.OnTaskFinished();
    }

    private Suspension PauseAsync()
    {
        _mustPause = false;
        return _inFlight > 0 ? _events.WaitAsync() : _group.Kernel.Simulation.Delay(AfterRefusal);
    }

    // ── io_submit ───────────────────────────────────────────────────────

    /// <summary>Sends the data of as many IOCBs as there is room for, and submits them in their order.</summary>
    private async Operation SubmitAsync()
    {
        _todo = _stream.Take(Math.Min(Options.IodepthBatch, Options.Iodepth - _inFlight) * Options.Bs.Bytes);
        int iocbs = (int)((_todo + Options.Bs.Bytes - 1) / Options.Bs.Bytes);
        if (_ahead < _todo && !await SendAsync())
        {
            iocbs = 0;
        }

        for (; iocbs > 0 && _todo > 0; iocbs--)
        {
            long length = Math.Min(Options.Bs.Bytes, _todo);
            _inFlight++;
            OnAnswer(await _stream.Socket.ReadAsync(length, this));
            if (Options.SubmitCost > Duration.Zero && iocbs > 1 && _todo > 0)
            {
                await _group.Kernel.Cpus.RunAsync(Options.SubmitCost);
            }
        }

        _stream.GiveBack(_todo);
        _todo = 0;
    }

    /// <summary>Sends what is missing; first what is gone.</summary>
    /// <returns>False if that was refused.</returns>
    private async Operation<bool> SendAsync()
    {
        while (_ahead < _todo)
        {
            if (_unsent.Count == 0)
            {
                _unsent.Enqueue(_stream.Reserve(_todo - _ahead));
            }

            Sent sent = await _stream.SendAsync(_unsent.Peek());
            if (sent.Errno != Errno.Success)
            {
                Refused(sent.Errno);
                return false;
            }

            OnSent(_unsent.Dequeue(), sent.Bytes);
        }

        return true;
    }

    private void OnSent(TxRun run, long bytes)
    {
        _ahead += bytes;
        if (bytes < run.Bytes)
        {
            _unsent.Enqueue(new TxRun(run.Position + bytes, run.Bytes - bytes));
        }
    }

    private void OnAnswer(ReadAnswer answer)
    {
        (_ahead, _todo) = (_ahead - answer.Bytes, _todo - answer.Bytes);
        if (answer.IsQueued)
        {
            return;
        }

        if (answer.Bytes > 0)
        {
            End(answer.Areq);
            return;
        }

        _inFlight--;
        if (answer.Areq is { } areq)
        {
            OnLost(areq);
        }

        if (answer.Errno == Errno.Success)
        {
            _mustPause = true;   // no room in the receive buffer: comes again
        }
        else
        {
            Refused(answer.Errno);
        }
    }

    /// <summary>A driver refused it: its data are gone from the socket.</summary>
    private void OnLost(Areq areq)
    {
        _ahead -= areq.Length.Bytes;
        _unsent.Enqueue(new TxRun(areq.Position, areq.Length.Bytes));
        _stream.Socket.Free(areq);
    }

    private void Refused(Errno errno)
    {
        _mustPause = true;
        if (Options.OnEbusy == OnRefused.Fail)
        {
            _group.OnError($"{errno} to {_group.Kernel.Simulation.CurrentProcess.Name}");
            _hasFailed = true;
        }
    }

    // ── IIocbOwner ──────────────────────────────────────────────────────

    public Span<byte> OutputOf(Areq areq) => _stream.Output is { } output ? output.Of(areq, areq.Index, areq.Position) : [];

    public void OnStaleIv(Areq areq) => _group.OnStaleIv(areq);

    public void OnIocbDone(Areq areq)
    {
        End(areq);
        _events.Signal();
    }

    private void End(Areq? areq)
    {
        _inFlight--;
        if (areq is not null)
        {
            _stream.Output?.Add(areq, areq.Index, areq.Length.Bytes + areq.Offset);
            _group.OnDone(areq);
            _stream.Socket.Free(areq);
        }
    }

    /// <summary>For diagnosis: its requests are in the driver.</summary>
    public void Owners(OwnerList owners) => _stream.Socket.Owners(owners);
}

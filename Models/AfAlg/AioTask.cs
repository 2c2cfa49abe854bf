using CryptoSim.Models.Kernel;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>A task with an operation socket: keeps iodepth IOCBs in flight.</summary>
/// <remarks>
/// <code>
///   sendmsg(MSG_MORE) ──► io_submit ──► -EIOCBQUEUED │ 0 │ EBUSY ... ──► io_getevents
/// </code>
/// It knows which IV each IOCB should start from: that which one call over all the data before it would leave. Time passes in
/// the socket and in waiting.
/// </remarks>
[KernelSource("fs/aio.c", "io_submit, io_getevents", Version = "v4.14", Rules = "AA-11 AA-13 AA-16")]
internal sealed class AioTask : IIocbOwner, IHolder
{
    private readonly AfAlgGroup _group;
    private readonly OperationSocket _socket;
    private readonly IoEvents _events;
    [NotState]
    private readonly string _outputName;
    private IvValue _expected;      // of the next IOCB
    private IvValue _afterwards;    // of the one after it
    private long _next;             // 0-based number of the next IOCB
    private int _inFlight;
    private bool _isSent;           // the data of the next IOCB have been sent
    private bool _hasFailed;        // an IOCB was refused, and nothing more is submitted

    public AioTask(AfAlgGroup group, int number)
    {
        _group = group;
        _expected = IvValue.Parse(group.Options.Iv);
        string name = $"{group.Name}/{number}";
        _outputName = group.Options.Sockets == 1 ? group.Name : name;
        Buffer = new OutputBuffer(group.Cipher, group.Options, group.Options.Sockets);
        _socket = new OperationSocket(group.Kernel, name, group.Options, group.Provider, group.Cipher, group.Tfm, this);
        _events = new IoEvents(group.Kernel, group.Options.Wakeup, -1) { Owner = this };
        group.Kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "kioctx";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>What its IOCBs put out; null for nothing.</summary>
    public RunOutput? Output => Buffer.ToOutput(_outputName, Options);

    /// <summary>What is kept of it.</summary>
    [field: NotState]
    public OutputBuffer Buffer { get; }

    private AfAlgOptions Options => _group.Options;

    private bool HasMore => _next < Options.NumberIos && !_hasFailed;

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
        }

        _group.OnTaskFinished();
    }

    private async Operation SubmitAsync()
    {
        if (!_isSent)
        {
            _isSent = true;
            await _socket.SendAsync(_next == 0 ? IvValue.Parse(Options.Iv) : null, Options.Bs.Bytes, more: true);
        }

        Expect();
        _inFlight++;
        ReadAnswer answer = await _socket.ReadAsync(_next, _expected, Options.Bs.Bytes);
        if (answer.Areq is null)
        {
            _inFlight--;
            await RefusedAsync();
            return;
        }

        (_expected, _isSent) = (_afterwards, false);
        _next++;
        if (!answer.IsQueued)
        {
            _hasFailed |= answer.Errno != Errno.Success;
            End(answer.Areq);
        }
    }

    /// <summary>What one call over all the data would start the next IOCB from, and leave.</summary>
    private void Expect()
    {
        if (_socket.UsesInlineIv)
        {
            _expected = Options.InlineIvOf(_next);
        }
        else
        {
            _afterwards = _group.Cipher.Crypt(_expected, _next * Options.Bs.Bytes, Options.Bs.Bytes, Options.Op == AlgOp.Encrypt, []);
        }
    }

    private Suspension RefusedAsync()
    {
        if (Options.OnEbusy == OnRefused.Retry)
        {
            return _events.WaitAsync();
        }

        _group.OnError($"EBUSY in the event of IOCB {_next + 1}");
        _hasFailed = true;
        return default;
    }

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
        Buffer.Add(areq, areq.Length.Bytes);
        _group.OnDone(areq);
        _socket.Free(areq);
    }

    /// <summary>For diagnosis: its requests are in the driver.</summary>
    public void Owners(OwnerList owners) => _socket.Owners(owners);
}

using System.Runtime.CompilerServices;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The upper layer of ccp: keeps the commands of each transformation in their order, and a limit across all of them.</summary>
/// <remarks>
/// <code>
///   submit ──► an earlier command of the same tfm? held : to the device ──► list of all commands, EBUSY from max_qlen on
///   device: EINPROGRESS ──► to the caller if cmd.ret says EBUSY (once)
///   device: done ──► notify the first of the backlog ──► (notify) call back ──► the next held command of the tfm to the device
/// </code>
/// Both layers may keep a request, so both may have a notification to send: <c>cmd.ret</c> tells whether the caller waits for
/// one. No time passes here, only in <see cref="CcpDevice"/>.
/// Not modelled: the steps between a completion's part under the lock and its callbacks.
/// </remarks>
[KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "ccp_crypto_enqueue_cmd, ccp_crypto_complete, ccp_crypto_cmd_complete", Version = "v6.18", Rules = "DM-P2 DM-P3 DM-C9")]
public sealed class CcpDriver : CryptoProvider, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly CcpOptions _options;
    private readonly CcpDevice _device;
    private readonly List<CcpCommand> _commands = [];            // req_queue.cmds: all not yet completed, in order of arrival
    private readonly FreeList<CcpCommand> _free = new();
    private CcpCommand? _backlog;                                // req_queue.backlog: first not yet notified; null = the list head

    /// <summary>Brings both layers up.</summary>
    public CcpDriver(CryptoParts parts, CcpOptions options)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, _options) = (parts.Kernel, parts.Name, options);
        _device = new CcpDevice(parts, this, options);
        parts.Kernel.Tracer?.AddRing(parts.Name, options.MaxQlen);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => $"is idle: {_commands.Count} commands, {_device.Waiting} in its device, {_device.Backlogged} in the backlog of that";

    /// <summary>Longest list of commands so far.</summary>
    [field: NotState]
    public int CommandsMax { get; private set; }

    /// <summary>False: each of its two backlogs keeps an order of its own.</summary>
    protected override bool HasOneQueue => false;

    // ── from the crypto API ─────────────────────────────────────────────

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _kernel.Tracer?.Calling("ccp_crypto_enqueue_cmd", Name, request);
        bool isFull = _commands.Count >= _options.MaxQlen;
        if (isFull && !request.MayBacklog)
        {
            return Answer(request, FullQueue.Refusal(_kernel.Version), "rejected");
        }

        CcpCommand command = Take(request);
        Errno answer = FindHeld(command.Tfm, 0) is null ? _device.Enqueue(command) : Errno.EINPROGRESS;
        if (answer == Errno.ENOSPC)
        {
            _free.Put(command);
            return Answer(request, SubmitResult.NoSpace, "rejected");
        }

        if (isFull)
        {
            answer = Errno.EBUSY;
            _backlog ??= command;
        }

        command.Ret = answer;
        request.HeldBy = this;
        _commands.Add(command);
        CommandsMax = Math.Max(CommandsMax, _commands.Count);
        return answer == Errno.EBUSY ? Answer(request, SubmitResult.Busy, "backlogged") : Answer(request, SubmitResult.InProgress);
    }

    private CcpCommand Take(CryptoRequest request)
    {
        CcpCommand command = _free.TryTake(out CcpCommand? reused) ? reused : new CcpCommand(this);
        (command.Request, command.Tfm, command.MayBacklog) = (request, request.Tfm, request.MayBacklog);
        return command;
    }

    private SubmitResult Answer(CryptoRequest request, SubmitResult result, string kept = "", [CallerLineNumber] int line = 0)
    {
        _kernel.Tracer?.Answered("ccp_crypto_enqueue_cmd", Name, request, result, _commands.Count, _options.MaxQlen, kept, line: line);
        _kernel.Tracer?.RingFill(Name, _commands.Count);
        return result;
    }

    /// <summary>The first command of a transformation from a place of the list on; null if there is none.</summary>
    private CcpCommand? FindHeld(int tfm, int from)
    {
        for (int i = from; i < _commands.Count; i++)
        {
            if (_commands[i].Tfm == tfm)
            {
                return _commands[i];
            }
        }

        return null;
    }

    // ── from the device ─────────────────────────────────────────────────

    /// <summary>A command has left the backlog of the device: the notification goes up if the caller waits for one, as <c>ccp_crypto_complete(-EINPROGRESS)</c>. Context: process.</summary>
    internal void OnLeftDeviceBacklog(CcpCommand command)
    {
        switch (_options.Notify)
        {
            case CcpNotify.AsAnswered or CcpNotify.Once when command.Ret != Errno.EBUSY:
                break;
            default:
                Notify(command);
                break;
        }

        _device.Append(command);
    }

    /// <summary>A command is done, as <c>ccp_crypto_complete</c> with a final status. Context: softirq.</summary>
    internal void OnCompleted(CcpCommand command)
    {
        (CcpCommand? held, CcpCommand? backlogged) = Remove(command);
        if (backlogged is not null && MustNotify(backlogged))
        {
            Notify(backlogged);
        }

        if (command.Ret == Errno.EBUSY)
        {
            Notify(command);
        }

        CryptoRequest request = command.Request;
        _free.Put(command);
        _kernel.Tracer?.CallingBack("ccp_crypto_complete", request, Errno.Success);
        request.HeldBy = null;
        request.Complete(Errno.Success);
        if (held is not null)
        {
            held.MayBacklog = true;   // it is queued already and must not be lost
            _device.Enqueue(held);
        }
    }

    /// <summary>The mark has come to a command: the device may have notified it already.</summary>
    private bool MustNotify(CcpCommand backlogged) => _options.Notify switch
    {
        CcpNotify.Once => backlogged.Ret == Errno.EBUSY,
        _ => true,
    };

    private void Notify(CcpCommand command)
    {
        command.Ret = Errno.EINPROGRESS;
        _kernel.Tracer?.CallingBack("ccp_crypto_complete", command.Request, Errno.EINPROGRESS);
        command.Request.Complete(Errno.EINPROGRESS);
    }

    /// <summary>Takes a command from the list: the next one of its transformation, and the one of the backlog whose turn it is, as <c>ccp_crypto_cmd_complete</c>.</summary>
    private (CcpCommand? Held, CcpCommand? Backlogged) Remove(CcpCommand command)
    {
        int place = _commands.IndexOf(command);
        CcpCommand? held = FindHeld(command.Tfm, place + 1);
        Skip(command);
        CcpCommand? backlogged = _backlog;
        _backlog = backlogged is null ? null : After(backlogged);
        Skip(command);
        _commands.RemoveAt(place);
        _kernel.Tracer?.RingFill(Name, _commands.Count);
        return (held, backlogged);
    }

    /// <summary>The mark does not stay on a command that leaves.</summary>
    private void Skip(CcpCommand command) => _backlog = _backlog == command ? After(command) : _backlog;

    private CcpCommand? After(CcpCommand command)
    {
        int next = _commands.IndexOf(command) + 1;
        return next < _commands.Count ? _commands[next] : null;
    }

    // ── for diagnosis and measurement ───────────────────────────────────

    /// <summary>A command is moved on by the kthreads of the device and by the worker that empties its backlog.</summary>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _device.Owners(owners);
    }

    /// <inheritdoc/>
    public override (string Rule, string What)? FindLeak() =>
        base.FindLeak() ?? (_commands.Count > 0 ? ("DM-K2", $"{_commands.Count} commands of {Name} in use") : null);

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".ebusy", Busy);
        metrics.Add(Name + ".queue.max", CommandsMax);
    }
}

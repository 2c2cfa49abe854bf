using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The lower layer of ccp: a list of commands, a backlog, and a kthread for each hardware queue.</summary>
/// <remarks>
/// <code>
///   Enqueue ──► cmd list[max_cmd_qlen] ──► kthread of a hardware queue: run, tasklet: complete ──► the next
///      └─ full ──► backlog ──► one for each command that a kthread takes ──► work item: EINPROGRESS, to the list ──┘
/// </code>
/// Time passes in the wake-up of a kthread or worker, in the hardware, for which its kthread waits, and in the tasklet.
/// Not modelled: suspending, several devices, work items that overtake each other on different CPUs.
/// </remarks>
[KernelSource("drivers/crypto/ccp/ccp-dev.c", "ccp_enqueue_cmd, ccp_dequeue_cmd, ccp_do_cmd_backlog", Version = "v6.18", Rules = "DM-P3")]
internal sealed class CcpDevice
{
    private readonly int _maxLength;                             // MAX_CMD_QLEN
    private readonly Queue<CcpCommand> _commands = new();        // ccp->cmd
    private readonly Queue<CcpCommand> _backlog = new();         // ccp->backlog
    private readonly WorkQueue _work;                            // where ccp_do_cmd_backlog runs
    private readonly CcpQueue[] _queues;

    public CcpDevice(CryptoParts parts, CcpDriver driver, CcpOptions options)
    {
        _maxLength = options.MaxCmdQlen;
        _work = WorkQueue.Unbound(parts.Kernel, parts.Name + "-work", 1, options.Wakeup);
        _queues = new CcpQueue[options.Queues];
        RandomStream setup = parts.Stream("setup");
        for (int i = 0; i < _queues.Length; i++)
        {
            _queues[i] = new CcpQueue(parts.Kernel, $"{parts.Name}-q{i}", this, driver, options, setup);
        }
    }

    /// <summary>Commands that wait for a hardware queue.</summary>
    public int Waiting => _commands.Count;

    /// <summary>Commands in its backlog, those on their way from it not included.</summary>
    public int Backlogged => _backlog.Count;

    /// <summary>Takes a command: EINPROGRESS, EBUSY and kept, or ENOSPC and not kept. Context: any.</summary>
    public Errno Enqueue(CcpCommand command)
    {
        if (_commands.Count < _maxLength)
        {
            Append(command);
            return Errno.EINPROGRESS;
        }

        if (!command.MayBacklog)
        {
            return Errno.ENOSPC;
        }

        _backlog.Enqueue(command);
        return Errno.EBUSY;
    }

    /// <summary>Appends a command and wakes an idle hardware queue.</summary>
    public void Append(CcpCommand command)
    {
        _commands.Enqueue(command);
        foreach (CcpQueue queue in _queues)
        {
            if (!queue.IsActive)
            {
                queue.Wake();
                return;
            }
        }
    }

    /// <summary>The oldest command for a hardware queue; null if there is none. One of the backlog sets out for the list.</summary>
    public CcpCommand? Dequeue()
    {
        _commands.TryDequeue(out CcpCommand? command);
        if (_backlog.TryDequeue(out CcpCommand? kept))
        {
            _work.Queue(kept, 0);
        }

        return command;
    }

    public void Owners(OwnerList owners)
    {
        foreach (CcpQueue queue in _queues)
        {
            queue.Owners(owners);
        }

        _work.Owners(owners);
    }
}

using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Whether a SCSI host takes commands: it blocks itself while its clocks come on, and is blocked for a while after it has been busy.</summary>
/// <remarks>
/// <code>
///   HOST_BUSY ──► host_blocked = max ──► each dispatch with nothing in flight: - 1, at 0 let through │ a command ends: 0
///   scsi_block_requests ──► host_self_blocked ──► scsi_unblock_requests: runs all hardware queues
/// </code>
/// </remarks>
[KernelSource("drivers/scsi/scsi_lib.c", "scsi_host_queue_ready, scsi_block_requests, scsi_unblock_requests, scsi_run_host_queues", Version = "v5.8", Rules = "KS-45")]
internal sealed class ScsiHostBlock(int max)
{
    private readonly int _max = max;      // max_host_blocked
    private RequestQueue? _queue;         // of the host; set while the machine is built
    private int _blocked;                 // host_blocked
    private bool _isSelfBlocked;          // host_self_blocked

    public void Attach(RequestQueue queue) => _queue = queue;

    /// <summary>scsi_host_queue_ready: asked before each command. Context: the dispatcher's.</summary>
    /// <param name="inFlight">Commands of the host.</param>
    public bool IsReady(int inFlight)
    {
        if (_blocked > 0 && (inFlight > 0 || --_blocked > 0))
        {
            return false;
        }

        return !_isSelfBlocked;
    }

    /// <summary>queuecommand has answered SCSI_MLQUEUE_HOST_BUSY.</summary>
    public void OnBusy() => _blocked = _max;

    /// <summary>scsi_finish_command: the host is evidently able to take commands. Context: any.</summary>
    public void OnCommandEnd() => _blocked = 0;

    /// <summary>scsi_block_requests. Context: any.</summary>
    public void Block() => _isSelfBlocked = true;

    /// <summary>scsi_unblock_requests: runs all hardware queues. Context: process.</summary>
    public async Operation UnblockAsync()
    {
        _isSelfBlocked = false;
        for (int i = 0; i < _queue!.Contexts.Count; i++)
        {
            await _queue.Contexts[i].RunQueueAsync(isAsync: false);
        }
    }
}

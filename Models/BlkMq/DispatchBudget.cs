using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>The budget of a SCSI device: commands that it takes at a time, whichever hardware queue they come from.</summary>
/// <remarks>
/// <code>
///   TryGet ──► one less │ none left: restarts ──► a command ends: Put, all hardware queues run
/// </code>
/// Linux also runs the queues after 3 ms if it is refused while nothing is in flight, which one device alone cannot bring about.
/// </remarks>
/// <param name="depth">queue_depth of the device, at least 1.</param>
[KernelSource("drivers/scsi/scsi_lib.c", "scsi_mq_get_budget, scsi_mq_put_budget, scsi_run_queue_async", Version = "v6.18", Rules = "KS-37 KS-40")]
internal sealed class DispatchBudget(int depth)
{
    private readonly int _depth = depth;
    private int _used;                 // of the depth
    private bool _restarts;            // somebody was refused since the queues were run last

    /// <summary>scsi_mq_get_budget. Context: the dispatcher's.</summary>
    public bool TryGet()
    {
        if (_used < _depth)
        {
            _used++;
            return true;
        }

        _restarts = true;
        return false;
    }

    /// <summary>scsi_mq_put_budget, and at the end of a command scsi_run_queue_async. Context: any.</summary>
    /// <param name="queue">The device's.</param>
    /// <param name="isEnd">A command has ended; else one was never begun.</param>
    public void Put(RequestQueue queue, bool isEnd)
    {
        Invariant.Holds(_used > 0, "no budget is put that was not got");
        _used--;
        if (isEnd && _restarts)
        {
            _restarts = false;
            queue.RunAll();
        }
    }
}

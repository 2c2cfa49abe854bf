using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>The rest of blk_mq_end_request where the keyslot is given back with the request: a step of its own, because others may run between the two (KS-29).</summary>
/// <remarks>
/// <code>
///   bio_endio of each bio ──► (others may run) ──► keyslot, tag, request
/// </code>
/// No time passes. Only requests that have a keyslot come here: for the others nobody could tell the difference. Not modelled:
/// that requests which end on different CPUs are freed in another order than they ended in.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_end_request, blk_mq_free_request", Commit = "a892c8d52c02", Rules = "KS-29")]
internal sealed class LateRequestFree(LinuxKernel kernel, RequestQueue queue) : Simulator.Timer(kernel.Simulation, queue.Name + ".blk_mq_free_request")
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly RequestQueue _queue = queue;
    private readonly RequestList _ended = new();   // their bios have ended, oldest first

    /// <summary>Requests that have ended and not been freed.</summary>
    public int Count => _ended.Count;

    /// <summary>The bios of a request have ended. Context: any.</summary>
    public void Add(Request request)
    {
        _ended.Append(request);
        if (!IsArmed)
        {
            Arm(default);
        }
    }

    /// <summary>Context: softirq.</summary>
    protected override void OnExpired()
    {
        _kernel.Enter(CpuContext.Softirq);
        _queue.FreeEnded(_ended.Take());
        if (!_ended.IsEmpty)
        {
            Arm(default);
        }
    }
}

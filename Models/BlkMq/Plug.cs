using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_plug</c>: requests that a task collects before it hands them down together.</summary>
/// <remarks>
/// <code>
///   Add ... Add ──► blk_finish_plug: FlushAsync, in order │ the task sleeps: FlushOnSleepAsync, by kblockd (KS-25)
/// </code>
/// </remarks>
[KernelSource("block/blk-core.c", "blk_start_plug, blk_finish_plug, blk_flush_plug", Version = "v6.18", Rules = "KS-25")]
public sealed class Plug
{
    private readonly RequestList _requests = new();
    private RequestQueue? _queue;   // that the requests belong to; one queue for each plug

    /// <summary>Requests plugged.</summary>
    internal RequestList Requests => _requests;

    /// <summary>blk_finish_plug. Context: process.</summary>
    public Operation FlushAsync() => _requests.IsEmpty ? Operation.Completed : _queue!.FlushPlugAsync(_requests, fromSchedule: false);

    /// <summary>The task is about to sleep: sched_submit_work. Context: process.</summary>
    internal Operation FlushOnSleepAsync() =>
        _requests.IsEmpty || _queue!.PlugOnSleep == PlugOnSleep.Keep ? Operation.Completed : _queue.FlushPlugAsync(_requests, fromSchedule: true);

    /// <summary>blk_add_rq_to_plug.</summary>
    internal void Add(Request request, RequestQueue queue)
    {
        _queue = queue;
        _requests.Append(request);
    }
}

/// <summary>What becomes of a task's plug when the task sleeps.</summary>
public enum PlugOnSleep
{
    /// <summary>It is flushed, so that what it holds goes on.</summary>
    [KernelSource("kernel/sched/core.c", "sched_submit_work, blk_flush_plug", Version = "v6.18", Rules = "KS-25")]
    Flush,

    /// <summary>It is kept. No kernel does so: it is what a model without that line of the scheduler does.</summary>
    [KernelSource("kernel/sched/core.c", "sched_submit_work", Version = "v6.18", Rules = "KS-25")]
    Keep,
}

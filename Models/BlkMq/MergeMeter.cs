using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>Merges of a request queue, by where the request was that a bio joined, and on which side.</summary>
[KernelSource("block/blk-merge.c", "blk_account_io_merge_bio, blk_account_io_merge_request", Version = "v6.18")]
internal sealed class MergeMeter
{
    [NotState]
    private long _plug;       // bios into the plug of their task
    [NotState]
    private long _software;   // bios into a software queue
    [NotState]
    private long _elevator;   // bios into the elevator
    [NotState]
    private long _front;      // bios of all these that joined the front
    [NotState]
    private long _requests;   // requests that joined another

    /// <summary>A bio joined a request.</summary>
    /// <param name="into">Where that was.</param>
    /// <param name="isFront">The bio is its first now.</param>
    public void OnBio(MergedIn into, bool isFront)
    {
        _plug += into == MergedIn.Plug ? 1 : 0;
        _software += into == MergedIn.SoftwareQueue ? 1 : 0;
        _elevator += into == MergedIn.Elevator ? 1 : 0;
        _front += isFront ? 1 : 0;
    }

    /// <summary>A request joined another.</summary>
    public void OnRequest() => _requests++;

    public void Restart() => (_plug, _software, _elevator, _front, _requests) = (0, 0, 0, 0, 0);

    public void AddMetrics(MetricList metrics, string name)
    {
        long bios = _plug + _software + _elevator;
        metrics.Add(name + ".merges", bios);
        metrics.Add(name + ".merges.back", bios - _front);
        metrics.Add(name + ".merges.front", _front);
        metrics.Add(name + ".merges.plug", _plug);
        metrics.Add(name + ".merges.software_queue", _software);
        metrics.Add(name + ".merges.elevator", _elevator);
        metrics.Add(name + ".merges.requests", _requests);
    }
}

/// <summary>Where a request is when a bio joins it.</summary>
internal enum MergedIn
{
    /// <summary>The plug of the bio's task (blk_attempt_plug_merge).</summary>
    Plug,

    /// <summary>The software queue of the bio's CPU (blk_bio_list_merge).</summary>
    SoftwareQueue,

    /// <summary>The elevator (blk_mq_sched_try_merge).</summary>
    Elevator,
}

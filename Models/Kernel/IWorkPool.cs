using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What runs the items of a workqueue, on one CPU or on all.</summary>
internal interface IWorkPool
{
    /// <summary>Workers of its own.</summary>
    int Workers { get; }

    /// <summary>Items that ran at the same time at most.</summary>
    int ActiveMax { get; }

    /// <summary>An item was queued.</summary>
    void Add(WorkItem item);

    /// <summary>Whoever may run a queued item.</summary>
    void Owners(OwnerList owners);
}

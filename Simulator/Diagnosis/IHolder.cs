namespace CryptoSim.Simulator;

/// <summary>Something that owes a wake-up or knows who does: a request, a ring, a worker. Asked only when a run is diagnosed.</summary>
public interface IHolder
{
    /// <summary>What it is called outside, e.g. <c>req#4</c>.</summary>
    string Label { get; }

    /// <summary>Why nobody will come, as the rest of a sentence about <see cref="Label"/> (<c>was answered EBUSY and is in no queue</c>); null when that is not known.</summary>
    string? WhyNobody { get; }

    /// <summary>Adds those who may bring the wake-up; any one of them is enough. Adding nothing says that nobody will.</summary>
    void Owners(OwnerList owners);
}

/// <summary>Collects who owes a wake-up.</summary>
public sealed class OwnerList
{
    private readonly List<(Process Process, IHolder? Holder, Timer? Timer)> _owners = [];

    /// <summary>How many there are.</summary>
    public int Count => _owners.Count;

    internal IReadOnlyList<(Process Process, IHolder? Holder, Timer? Timer)> Items => _owners;

    /// <summary>A process that will do it when it runs.</summary>
    public void Add(Process process) => _owners.Add((process, null, null));

    /// <summary>Something that is itself held by others.</summary>
    public void Add(IHolder holder) => _owners.Add((default, holder, null));

    /// <summary>A timer that will do it when it expires.</summary>
    public void Add(Timer timer) => _owners.Add((default, null, timer));
}

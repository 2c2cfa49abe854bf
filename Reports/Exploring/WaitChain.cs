using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>One thing of a wait chain, and how the thing before leads to it.</summary>
/// <param name="Verb"><c>waits for</c>, <c>owed by</c>, <c>held by</c>; empty for the first.</param>
/// <param name="Name">A process, what it waits for, a request, or <c>(nobody)</c>.</param>
/// <param name="IsProcess">It is a process.</param>
public sealed record ChainLink(string Verb, string Name, bool IsProcess)
{
    /// <summary>The end of a chain that leads to nobody.</summary>
    public bool IsNobody => Name == WaitChain.Nobody;
}

/// <summary>From one who waits along who owes and holds what, to where it ends: at nobody, or where it began.</summary>
/// <param name="Links">The waiter first.</param>
/// <param name="BackTo">Place of the link that the last one leads to; -1 if the chain is not a cycle.</param>
public sealed record WaitChain(IReadOnlyList<ChainLink> Links, int BackTo)
{
    internal const string Nobody = "(nobody)";

    /// <summary>What the chain is, in a few words.</summary>
    public string Summary => BackTo >= 0 ? "a cycle: they wait for each other" : Links[^1].IsNobody ? "no cycle: what should come is lost" : "no cycle";

    /// <summary>The chain of one who waits; just the waiter and what it waits for if no more is known.</summary>
    /// <param name="blocked">The one who waits.</param>
    /// <param name="processes">Names of all processes.</param>
    public static WaitChain Of(BlockedRecord blocked, IReadOnlySet<string> processes)
    {
        ArgumentNullException.ThrowIfNull(blocked);
        ArgumentNullException.ThrowIfNull(processes);
        IReadOnlyList<string> names = blocked.Chain.Count > 0 ? blocked.Chain : [blocked.Process, blocked.WaitsOn];
        var links = new List<ChainLink>();
        for (int i = 0; i < names.Count; i++)
        {
            bool isProcess = i == 0 || processes.Contains(names[i]);
            string verb = i == 0 ? "" : links[i - 1].IsProcess ? "waits for" : i > 1 && links[i - 2].IsProcess ? "owed by" : "held by";
            int before = links.FindIndex(link => link.Name == names[i]);
            if (before >= 0 && i == names.Count - 1)
            {
                return new WaitChain(links, before);
            }

            links.Add(new ChainLink(verb, names[i], isProcess));
        }

        return new WaitChain(links, blocked.Reason == "cycle" && links.Count > 2 ? 0 : -1);
    }

    /// <summary>How the last link of a cycle leads back.</summary>
    public string BackVerb => Links[^1].IsProcess ? "waits for" : Links.Count > 1 && Links[^2].IsProcess ? "owed by" : "held by";

    /// <summary>Names of all who took a step or wait.</summary>
    public static IReadOnlySet<string> ProcessesOf(FailingTrace failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Steps.Select(step => step.Process).Concat(failure.End.Blocked.Select(one => one.Process)).ToHashSet();
    }
}

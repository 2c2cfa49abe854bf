using System.Text;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>What a search over restored states visited, in the words of <see cref="RerunSearch"/>.</summary>
internal sealed class Visited
{
    /// <summary>States from which something goes on, in hexadecimal digits.</summary>
    public SortedSet<string> States { get; } = new(StringComparer.Ordinal);

    /// <summary>States in which a run is over, behind the word for how.</summary>
    public SortedSet<string> Ends { get; } = new(StringComparer.Ordinal);

    /// <summary>The bytes of the first state.</summary>
    public byte[] Start { get; private init; } = [];

    /// <summary>Searches to the end, each transition taken twice.</summary>
    /// <param name="model">Where it stands the search begins.</param>
    /// <param name="codec">By which the search tells states apart.</param>
    /// <param name="told">By which they are told here.</param>
    /// <param name="fuse">True to take steps that touch nothing shared together with the one before.</param>
    public static Visited By(IExplorable model, StateCodec codec, StateCodec told, bool fuse = false)
    {
        StateSearch search = new(model, codec, new SearchLimits(new ExplorationOptions { Check = true }, null, default), fuse);
        Assert.Equal(SearchEnd.Exhausted, search.Run(stopAtFailure: false, stateLimit: 10_000));
        Visited visited = new() { Start = search.States[0].ToArray() };
        for (int state = 0; state < search.States.Count; state++)
        {
            visited.Add(search, state, codec, told);
        }

        return visited;
    }

    private void Add(StateSearch search, int state, StateCodec codec, StateCodec told)
    {
        EndKind end = search.Graph.EndOf(state);
        if (end == EndKind.Fault)
        {
            Ends.Add(Encoding.UTF8.GetString(search.States[state][2..]));
            return;
        }

        codec.Restore(search.States[state].ToArray());
        string bytes = Convert.ToHexString(told.Capture());
        if (end == EndKind.None)
        {
            States.Add(bytes);
        }
        else
        {
            Ends.Add($"{end.ToString().ToLowerInvariant()} {bytes}");
        }
    }
}

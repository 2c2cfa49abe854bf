using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Strongly connected components, against what reachability says.</summary>
public sealed class ComponentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Two_states_are_in_one_component_exactly_if_each_can_be_reached_from_the_other(ulong seed)
    {
        var random = new RandomSource(seed, 0).Stream("graph");
        for (int trial = 0; trial < 50; trial++)
        {
            int count = 1 + random.NextInt(12);
            var graph = new StateGraph();
            bool[,] reach = new bool[count, count];
            for (int state = 0; state < count; state++)
            {
                graph.Add(state - 1, 0, EndKind.None);
                graph.BeginEdges();
                reach[state, state] = true;
                for (int edges = random.NextInt(3); edges > 0; edges--)
                {
                    int to = random.NextInt(count);
                    graph.AddEdge(to);
                    reach[state, to] = true;
                }
            }

            Close(reach, count);
            var components = Components.In(graph);
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                {
                    Assert.Equal(reach[a, b] && reach[b, a], components.Of[a] == components.Of[b]);
                }
            }
        }
    }

    [Fact]
    public void A_ring_of_a_hundred_thousand_states_is_one_component_and_needs_no_recursion()
    {
        const int Count = 100_000;
        var graph = new StateGraph();
        for (int state = 0; state < Count; state++)
        {
            graph.Add(state - 1, 0, EndKind.None);
            graph.BeginEdges();
            graph.AddEdge((state + 1) % Count);
        }

        Assert.Equal(1, Components.In(graph).Count);
    }

    private static void Close(bool[,] reach, int count)
    {
        for (int via = 0; via < count; via++)
        {
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                {
                    reach[a, b] |= reach[a, via] && reach[via, b];
                }
            }
        }
    }
}

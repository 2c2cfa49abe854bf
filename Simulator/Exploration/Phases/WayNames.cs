using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Turns a way through the states of a search, which knows processes by their place only, into a schedule with names: walks it on a model built anew and checks the state after each step.</summary>
internal sealed class WayNames
{
    private readonly IExplorableFactory _factory;
    private readonly StateCodec _codec;
    private readonly StateStore _states;

    internal WayNames(IExplorableFactory factory, StateCodec codec, StateStore states) => (_factory, _codec, _states) = (factory, codec, states);

    /// <summary>The choices of a way.</summary>
    /// <param name="way">Place of the process of each step.</param>
    /// <param name="through">The states on the way, the start first; the last one is not checked when it is a fault.</param>
    internal List<string> Choices(IReadOnlyList<int> way, IReadOnlyList<int> through)
    {
        using var model = _factory.Build(traced: false);
        var run = new SteppedRun(model.Simulation);
        var codec = _codec.Follow(model.Simulation);
        var choices = new List<string>();
        for (int i = 0; i < way.Count; i++)
        {
            if (!codec.Capture().SequenceEqual(_states[through[i]]))
            {
                throw new InvalidOperationException($"step {i + 1} of a way does not lead where it led in the search: something that decides is no part of the state");
            }

            int index = IndexOf(run, codec.SlotAt(way[i]));
            if (run.Count > 1)
            {
                choices.Add(StepNames.At(run, index));
            }

            run.Step(index);
        }

        return choices;
    }

    private static int IndexOf(SteppedRun run, int slot)
    {
        for (int i = 0; i < run.Count; i++)
        {
            if (run.SlotAt(i) == slot)
            {
                return i;
            }
        }

        throw new InvalidOperationException("a process that was stepped in the search has nothing pending");
    }
}

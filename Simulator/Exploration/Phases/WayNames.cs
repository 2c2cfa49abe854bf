using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Turns a way through the states of a search, which knows processes by their place only, into a schedule with names: walks it on a model built anew and checks the state before each step.</summary>
internal sealed class WayNames
{
    private readonly IExplorableFactory _factory;
    private readonly StateCodec _codec;

    internal WayNames(IExplorableFactory factory, StateCodec codec) => (_factory, _codec) = (factory, codec);

    /// <summary>Who was stepped on the last way, step by step.</summary>
    internal List<string> Stepped { get; } = [];

    /// <summary>The choices of a way.</summary>
    /// <param name="stepper">Steps of the search: takes the way once more, fused steps one by one, so that no stored states are needed.</param>
    /// <param name="origin">The state at which the search began, before anything was fused.</param>
    /// <param name="fused">Place of the process of each step.</param>
    internal List<string> Choices(Stepper stepper, byte[] origin, IReadOnlyList<int> fused)
    {
        var (way, states) = stepper.Unfused(origin, fused);
        using var model = _factory.Build(traced: false);
        var run = new SteppedRun(model.Simulation);
        var codec = _codec.Follow(model.Simulation);
        var choices = new List<string>();
        Stepped.Clear();
        for (int i = 0; i < way.Count; i++)
        {
            if (!codec.Capture().SequenceEqual(states[i]))
            {
                throw new InvalidOperationException($"step {i + 1} of a way does not lead where it led in the search: something that decides is no part of the state");
            }

            int index = IndexOf(run, codec.SlotAt(way[i]));
            Stepped.Add(StepNames.At(run, index));
            if (run.Count > 1)
            {
                choices.Add(Stepped[^1]);
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

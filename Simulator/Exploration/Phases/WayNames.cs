using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>One step on a way through the states of a search.</summary>
/// <param name="Process">Name of who takes it.</param>
/// <param name="IsChoice">True when somebody else could have gone instead.</param>
/// <param name="State">The state before it; -1 when the search has not visited it.</param>
internal readonly record struct WayStep(string Process, bool IsChoice, int State);

/// <summary>Goes between ways through the states of a search, which knows processes by their place only, and schedules with names: walks them on a model built anew.</summary>
/// <param name="factory">Builds it.</param>
/// <param name="codec">The codec of the search.</param>
/// <param name="states">The states of the search; null when they were not kept.</param>
internal sealed class WayNames(IExplorableFactory factory, StateCodec codec, StateStore? states = null)
{
    /// <summary>The choices among the steps of a way.</summary>
    internal static List<string> Choices(IEnumerable<WayStep> steps) => [.. steps.Where(step => step.IsChoice).Select(step => step.Process)];

    /// <summary>The steps of a way, checked state by state.</summary>
    /// <param name="stepper">Steps of the search: takes the way once more, fused steps one by one, so that no stored states are needed.</param>
    /// <param name="origin">The state at which the search began, before anything was fused.</param>
    /// <param name="fused">Place of the process of each step.</param>
    /// <param name="known">What was known about fusing on the way, <see cref="StateGraph.KnownTo"/>; nothing if nothing was fused.</param>
    internal List<WayStep> Along(Stepper stepper, byte[] origin, IReadOnlyList<int> fused, IReadOnlyList<int> known)
    {
        var (way, before) = stepper.Unfused(origin, fused, known);
        return Walk((run, twins, number) =>
        {
            if (number == way.Count)
            {
                return -1;
            }

            if (!twins.State.AsSpan().SequenceEqual(before[number]))
            {
                throw new InvalidOperationException($"step {number} of a way does not lead where it led in the search: something that decides is no part of the state");
            }

            return IndexOf(run, twins.SlotAt(way[number]));
        });
    }

    /// <summary>The steps of a schedule, to its end.</summary>
    internal List<WayStep> Along(IReadOnlyList<string> choices)
    {
        int next = 0;
        return Walk((run, _, _) => run.IsOver ? -1 : run.Count == 1 || next == choices.Count ? 0 : StepNames.IndexOf(run, choices[next++]));
    }

    private List<WayStep> Walk(Func<SteppedRun, PlaceTwins, int, int> choose)
    {
        using var model = factory.Build(traced: false);
        var run = new SteppedRun(model.Simulation);
        var twins = new PlaceTwins(codec, model.Simulation);
        var steps = new List<WayStep>();
        for (int index = choose(run, twins, 0); index >= 0; index = choose(run, twins, steps.Count))
        {
            steps.Add(new WayStep(StepNames.At(run, index), run.Count > 1, states?.Find(twins.State) ?? -1));
            int place = twins.PlaceOf(run.SlotAt(index));
            model.Simulation.MakeCurrent();
            run.Step(index);
            twins.Step(place);
        }

        return steps;
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

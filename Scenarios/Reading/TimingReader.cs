using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>timing:</c>, the first steps of a run with their instants.</summary>
internal sealed class TimingReader(ErrorList errors)
{
    private const string Example = "kcryptd/0: 380ns";

    public IReadOnlyList<RealisedStep> Read(MapNode root)
    {
        switch (root.Find("timing"))
        {
            case null:
                return [];
            case ListNode list:
                return ReadSteps(list);
            case Node other:
                errors.Add(other.Mark, $"timing is {other.Noun}; it is a list of steps, for example [{Example}]");
                return [];
        }
    }

    private List<RealisedStep> ReadSteps(ListNode list)
    {
        List<RealisedStep> steps = [];
        foreach (Node item in list.Items)
        {
            if (ReadStep(item) is not { } step)
            {
                continue;
            }

            if (steps.Count > 0 && step.At < steps[^1].At)
            {
                errors.Add(item.Mark, $"timing: {Exact(step)} is before the step in front of it, at {Exact(steps[^1])}");
                return steps;
            }

            steps.Add(step);
        }

        return steps;
    }

    private RealisedStep? ReadStep(Node item)
    {
        if (item is not MapNode { Entries: [{ Value: ScalarNode { IsEmpty: false } instant } entry] })
        {
            errors.Add(item.Mark, $"{item.Noun} in timing; a step is a process with its instant, for example {Example}");
            return null;
        }

        if (!Duration.TryParse(instant.Text, out Duration duration, out string? problem))
        {
            errors.Add(instant.Mark, $"timing: {Printable.Quote(instant.Text)} {problem}");
            return null;
        }

        return new RealisedStep(entry.Key.Text, VirtualTime.Zero + duration);
    }

    private static string Exact(RealisedStep step) => new Duration(step.At.Picoseconds).ToExactString();
}

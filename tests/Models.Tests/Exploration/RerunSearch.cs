using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>Visits every state without restoring any: each step is the last one of a run from the start, on a model built anew.</summary>
/// <remarks>Slow and simple: what the search over restored states is compared with. Both tell states apart by the same bytes.</remarks>
internal sealed class RerunSearch(IExplorableFactory factory, StateCodec codec)
{
    private readonly Queue<int[]> _open = new();   // ways to states that are not yet expanded: which of the pending steps was taken, step by step

    /// <summary>States from which something goes on, in hexadecimal digits.</summary>
    public SortedSet<string> States { get; } = new(StringComparer.Ordinal);

    /// <summary>States in which a run is over, behind the word for how.</summary>
    public SortedSet<string> Ends { get; } = new(StringComparer.Ordinal);

    public void Run()
    {
        Visit([]);
        while (_open.TryDequeue(out int[]? way))
        {
            for (int choice = 0, choices = Visit(way); choice < choices; choice++)
            {
                Visit([.. way, choice]);
            }
        }
    }

    /// <summary>Goes a way, and keeps where it leads if that is new.</summary>
    /// <returns>Steps that are pending there.</returns>
    private int Visit(int[] way)
    {
        using IExplorable model = factory.Build(traced: false);
        StateCodec follower = codec.Follow(model.Simulation);
        SteppedRun run = new(model.Simulation);
        Array.ForEach(way, run.Step);
        if (run.IsOver)
        {
            RunEnds(model, follower);
        }
        else if (States.Add(Convert.ToHexString(follower.Capture())))
        {
            _open.Enqueue(way);
        }

        return run.Count;
    }

    private void RunEnds(IExplorable model, StateCodec follower)
    {
        Outcome outcome = model.Simulation.Outcome;
        string how = outcome.End == End.Deadlock ? "hung" : model.DescribeEnd().Ends == "completed" ? "completed" : "wrong";
        Ends.Add(outcome.End == End.Fault ? "broken " + outcome.Rule : $"{how} {Convert.ToHexString(follower.Capture())}");
    }
}

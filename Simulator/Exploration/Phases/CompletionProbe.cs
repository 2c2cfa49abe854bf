using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Finds the point of no return of a schedule where the whole graph is too large: from each state on it, asks whether all work can still be done.</summary>
internal sealed class CompletionProbe : IDisposable
{
    private const int Walks = 64;            // runs by chance before the search
    private const long StateLimit = 200_000; // states of one search

    private readonly IExplorable _model;
    private readonly StateCodec _codec;
    private readonly SearchLimits _limits;
    private readonly RandomStream _random;

    internal CompletionProbe(IExplorableFactory factory, SearchLimits limits)
    {
        _limits = limits;
        _model = factory.Build(traced: false);
        _codec = new StateCodec(_model.Simulation, limits.Options.Symmetry);
        _random = new RandomSource(limits.Options.Seed, 0).Stream("explore.probe");
    }

    /// <summary>1-based number of the first step after which nothing can be completed; 0 when nothing ever can; null when that could not be told.</summary>
    internal int? PointOfNoReturn(IReadOnlyList<string> choices)
    {
        var states = StatesOn(choices);
        (int low, int high) = (0, states.Count - 1);   // once nothing can be completed it stays so
        while (low < high)
        {
            int middle = (low + high) / 2;
            switch (CanComplete(states[middle]))
            {
                case null:
                    return null;
                case true:
                    low = middle + 1;
                    break;
                default:
                    high = middle;
                    break;
            }
        }

        return low;
    }

    public void Dispose() => _model.Dispose();

    private List<byte[]> StatesOn(IReadOnlyList<string> choices)
    {
        var run = new SteppedRun(_model.Simulation);
        var states = new List<byte[]> { _codec.Capture().ToArray() };
        int next = 0;
        while (!run.IsOver)
        {
            int index = run.Count == 1 || next >= choices.Count ? 0 : StepNames.IndexOf(run, choices[next++]);
            if (index < 0)
            {
                break;
            }

            run.Step(index);
            states.Add(_codec.Capture().ToArray());
        }

        return states;
    }

    private bool? CanComplete(byte[] state)
    {
        for (int i = 0; i < Walks; i++)
        {
            if (WalkCompletes(state))
            {
                return true;
            }
        }

        _codec.Restore(state);
        var search = new StateSearch(_model, _codec, _limits, fuse: false) { StopsAtCompletion = true };
        return search.Run(stopAtFailure: false, StateLimit) switch
        {
            SearchEnd.Completion => true,
            SearchEnd.Exhausted => false,
            _ => null,
        };
    }

    private bool WalkCompletes(byte[] state)
    {
        _codec.Restore(state);
        var run = new SteppedRun(_model.Simulation);
        while (!run.IsOver && run.Steps < _limits.Options.StepLimit)
        {
            run.Step(run.Count == 1 ? 0 : _random.NextInt(run.Count));
        }

        return run.IsOver && _model.Simulation.Outcome.End == End.Completed && _model.CheckEnd() is null;
    }
}

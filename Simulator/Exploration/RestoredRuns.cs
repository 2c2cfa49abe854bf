using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Builds the model once and puts it back to its start for each run, which is many times as fast as building it. Runs in any order only: the clock of a restored model means nothing.</summary>
/// <remarks>
/// A restored model has its state and no more: names, meters and who waits since when are left over from other runs.
/// So it says whether a run failed; how it failed is told by a model built anew that takes the same steps.
/// </remarks>
public sealed class RestoredRuns : IRunSource, IDisposable
{
    private readonly IExplorable _model;
    private readonly StateCodec _codec;
    private readonly BuiltRuns _built;
    private readonly SteppedRun _run;
    private readonly Standing _standing;
    private readonly byte[] _start;
    private bool _isBuilt;   // the run given last

    /// <summary>Builds the model and captures its start, at which the daemons are up.</summary>
    /// <param name="factory">Builds it.</param>
    /// <exception cref="NotCapturableException">The model holds something of which no state can be made.</exception>
    public RestoredRuns(IExplorableFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _built = new BuiltRuns(factory);
        _model = factory.Build(traced: false);
        _codec = new StateCodec(_model.Simulation, symmetry: false);
        _run = SteppedRun.OfRestored(_model.Simulation);
        _start = _codec.Capture().ToArray();
        _standing = _codec.Stand();
    }

    /// <inheritdoc/>
    public SteppedRun Fresh()
    {
        _isBuilt = false;
        _codec.Restore(_start, _standing);
        _run.Restart();
        return _run;
    }

    /// <inheritdoc/>
    public SteppedRun FreshToDescribe()
    {
        _isBuilt = true;
        return _built.Fresh();
    }

    /// <inheritdoc/>
    public Recording.RunEnd DescribeEnd() =>
        _isBuilt ? _built.DescribeEnd() : throw new InvalidOperationException("the end of a restored run cannot be described");

    /// <summary>Told from the state alone. A run that ended dry or at the limit may have failed: whoever waits for ever is found by a model that can say so.</summary>
    public bool HasFailed()
    {
        if (_isBuilt)
        {
            return _built.HasFailed();
        }

        return _run.IsDry || _run.IsGivenUp || _model.Simulation.Outcome.End switch
        {
            End.Completed => _model.CheckEnd() is not null,
            End.TimeLimit => false,
            _ => true,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _built.Dispose();
        _model.Dispose();
    }
}

namespace CryptoSim.Simulator.Exploration;

/// <summary>Gives runs of one model at its start, as often as asked: each time the same.</summary>
public interface IRunSource
{
    /// <summary>A run at its start. The run given before is gone.</summary>
    SteppedRun Fresh();

    /// <summary>How the run given last has ended, in the words of a scenario.</summary>
    Recording.RunEnd DescribeEnd();

    /// <summary>True when that end is a failure; asked after each run.</summary>
    bool HasFailed() => FailureSignature.FoundIn(DescribeEnd()) is not null;
}

/// <summary>Builds the model anew for each run.</summary>
public sealed class BuiltRuns(IExplorableFactory factory) : IRunSource, IDisposable
{
    private IExplorable? _model;

    private IExplorable Model => _model ?? throw new InvalidOperationException("no run was begun");

    /// <inheritdoc/>
    public SteppedRun Fresh()
    {
        _model?.Dispose();
        _model = factory.Build(traced: false);
        return new SteppedRun(_model.Simulation);
    }

    /// <inheritdoc/>
    public Recording.RunEnd DescribeEnd() => Model.DescribeEnd();

    /// <inheritdoc/>
    public bool HasFailed() => Model.HasFailed();

    /// <inheritdoc/>
    public void Dispose()
    {
        _model?.Dispose();
        _model = null;
    }
}

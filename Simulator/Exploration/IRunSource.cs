namespace CryptoSim.Simulator.Exploration;

/// <summary>Gives runs of one model at its start, as often as asked: each time the same.</summary>
public interface IRunSource
{
    /// <summary>A run at its start. The run given before is gone.</summary>
    SteppedRun Fresh();

    /// <summary>A run at its start of which the end can be described; the same steps lead to the same end as in one of <see cref="Fresh"/>.</summary>
    SteppedRun FreshToDescribe() => Fresh();

    /// <summary>How the run given last has ended, in the words of a scenario; it was given to be described.</summary>
    Recording.RunEnd DescribeEnd();

    /// <summary>True when the end of the run given last is a failure; asked after each run.</summary>
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

using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>A model that was built and stands at time zero with nothing run yet.</summary>
public interface IExplorable : IDisposable
{
    /// <summary>Its virtual clock, processes and calendar.</summary>
    Simulation Simulation { get; }

    /// <summary>Trace events so far, in order; empty when it was built without a trace.</summary>
    IReadOnlyList<TraceEvent> Trace { get; }

    /// <summary>The word of the context that the model notes on a process, see <see cref="Simulation.CurrentMark"/>: <c>process</c>, <c>softirq</c>, <c>hardirq</c> or <c>hw</c>. Empty if the model does not say.</summary>
    string ContextOf(byte mark) => "";

    /// <summary>What is wrong although all work is done, told from the state alone: I/O errors, leaks; null when nothing is.</summary>
    EndProblem? CheckEnd() => null;

    /// <summary>How it ended, in the words of a scenario; asked once <see cref="SteppedRun.IsOver"/> is true.</summary>
    RunEnd DescribeEnd();

    /// <summary>True when that end is a failure. Asked after each of many runs: a model that can tell without describing says so itself.</summary>
    bool HasFailed() => FailureSignature.FoundIn(DescribeEnd()) is not null;
}

/// <summary>What is wrong at the end of a run in which all work was done.</summary>
/// <param name="Found"><c>io-error | corruption | fault</c></param>
/// <param name="Rule">The rule that is broken; null if none is named.</param>
/// <param name="Message">One sentence.</param>
public sealed record EndProblem(string Found, string? Rule, string Message);

/// <summary>Builds the model of one variant, as often as asked: each time the same.</summary>
public interface IExplorableFactory
{
    /// <summary>Builds it.</summary>
    /// <param name="traced">True to write a trace, for a schedule that people will read.</param>
    IExplorable Build(bool traced);
}

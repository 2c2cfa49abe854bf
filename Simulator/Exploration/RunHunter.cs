using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Looks for failures by whole runs from the start.</summary>
/// <param name="source">Gives runs.</param>
/// <param name="mode">What may happen in another order.</param>
/// <param name="jitter">Share of each delay, of <see cref="ExplorationMode.Jitter"/> [0..1].</param>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
public sealed class RunHunter(IRunSource source, ExplorationMode mode = ExplorationMode.Untimed, double jitter = 0.1, int stepLimit = 100_000)
{
    private readonly Walk _walk = new(OpenSteps.Of(mode, jitter), stepLimit, named: false);

    /// <summary>Runs until something fails, the strategy has no further run, or the runs are used up.</summary>
    /// <param name="strategy">Decides who goes next.</param>
    /// <param name="runs">Most runs [0..].</param>
    /// <param name="all">Goes on after a failure.</param>
    /// <param name="goOn">Asked before each run with the number of runs done; false ends the hunt with what it has.</param>
    public HuntResult Hunt(IChooserStrategy strategy, int runs, bool all = false, Func<int, bool>? goOn = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var result = new HuntResult { Runs = 0, Steps = 0 };
        while (all || result.Failure is null)
        {
            if (!strategy.Begin(result.Runs))
            {
                return result with { IsExhaustive = strategy is DepthFirst && result.Unending == 0 };
            }

            if (result.Runs >= runs || goOn?.Invoke(result.Runs) == false)
            {
                break;
            }

            result = Add(result, strategy);
        }

        return result;
    }

    private HuntResult Add(HuntResult result, IChooserStrategy strategy)
    {
        var run = source.Fresh();
        _walk.Run(run, strategy);
        (int steps, bool isGivenUp) = (run.Steps, run.IsGivenUp);
        var failure = source.HasFailed() ? Describe(result.Runs) : null;
        return result with
        {
            Runs = result.Runs + 1,
            Steps = result.Steps + steps,
            Unending = result.Unending + (isGivenUp && failure is null ? 1 : 0),
            Failures = result.Failures + (failure is null ? 0 : 1),
            Failure = result.Failure ?? failure,
        };
    }

    /// <summary>Takes the same steps once more, on a model of which the end can be described and with names.</summary>
    private HuntFailure? Describe(int number)
    {
        var walk = new Walk(OpenSteps.Of(mode, jitter), stepLimit);
        if (!walk.Run(source.FreshToDescribe(), new TakenPlaces(_walk.Places)))
        {
            throw new InvalidOperationException("a failing schedule cannot be followed again: the model is not the same in every run");
        }

        var end = source.DescribeEnd();
        return FailureSignature.FoundIn(end) is { } found ? Failure(walk, number, end, found) : null;
    }

    private HuntFailure Failure(Walk walk, int number, RunEnd end, string found)
    {
        return new HuntFailure
        {
            Run = number,
            Found = found,
            End = end,
            Signature = FailureSignature.Of(end),
            Schedule = new Schedule
            {
                Mode = mode,
                Jitter = jitter,
                Choices = [.. walk.Choices.Take(walk.Explicit)],
                Expect = FailureSignature.Describe(end),
            },
            Steps = [.. walk.Names],
            Preemptions = walk.Preemptions,
        };
    }
}

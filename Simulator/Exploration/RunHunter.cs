namespace CryptoSim.Simulator.Exploration;

/// <summary>Looks for failures by whole runs from the start.</summary>
/// <param name="source">Gives runs.</param>
/// <param name="mode">What may happen in another order.</param>
/// <param name="jitter">Share of each delay, of <see cref="ExplorationMode.Jitter"/> [0..1].</param>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
public sealed class RunHunter(IRunSource source, ExplorationMode mode = ExplorationMode.Untimed, double jitter = 0.1, int stepLimit = 100_000)
{
    private readonly Walk _walk = new(OpenSteps.Of(mode, jitter), stepLimit);

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
        var failure = Judge(result.Runs);
        return result with
        {
            Runs = result.Runs + 1,
            Steps = result.Steps + run.Steps,
            Unending = result.Unending + (run.Simulation.Outcome.End == End.TimeLimit ? 1 : 0),
            Failures = result.Failures + (failure is null ? 0 : 1),
            Failure = result.Failure ?? failure,
        };
    }

    private HuntFailure? Judge(int number)
    {
        if (!source.HasFailed())
        {
            return null;
        }

        var end = source.DescribeEnd();
        return new HuntFailure
        {
            Run = number,
            Found = FailureSignature.FoundIn(end)!,
            End = end,
            Signature = FailureSignature.Of(end),
            Schedule = new Schedule
            {
                Mode = mode,
                Jitter = jitter,
                Choices = [.. _walk.Choices.Take(_walk.Explicit)],
                Expect = FailureSignature.Describe(end),
            },
            Steps = [.. _walk.Names],
            Preemptions = _walk.Preemptions,
        };
    }
}

using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>A schedule put in time.</summary>
/// <param name="Realisation">Instants of all steps.</param>
/// <param name="End">How the run ends with them.</param>
/// <param name="Diverged">Where the run left the schedule once its clock moved, since the model reads it; null when it did not.</param>
public sealed record RealisedRun(Realisation Realisation, RunEnd? End, ScheduleDivergence? Diverged);

/// <summary>Finds instants that make the order of a schedule the order in time.</summary>
/// <remarks>Untimed: each step comes when it is modelled to or as late as the order asks, so delays are only stretched. Jitter: the earliest instants with every delay in its interval. Timed: as modelled.</remarks>
/// <param name="source">Gives runs.</param>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
public sealed class Realiser(IRunSource source, int stepLimit = 100_000)
{
    /// <summary>Runs a schedule with the clock moving.</summary>
    public RealisedRun Realise(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var inner = schedule.Mode == ExplorationMode.Untimed ? new StretchedSteps() : OpenSteps.Of(schedule.Mode, schedule.Jitter);
        var noted = new NotedSteps(inner);
        var walk = new Walk(noted, stepLimit);
        var choices = new FollowedChoices(schedule.Choices, strict: true);
        choices.Begin(0);
        var run = source.Fresh();
        bool ended = walk.Run(run, choices);
        return new RealisedRun(
            noted.ToRealisation(),
            ended ? source.DescribeEnd() : null,
            ended ? null : ScheduleDivergence.NotOpen(run, choices.Missing!, walk.Point));
    }

    /// <summary>Drops steps from the end as long as the others, followed by the ordinary order, still end alike: what is left is the part of the order that matters. Delays stretched by holding a step back beyond that part are told too.</summary>
    /// <param name="run">A realised run that did not diverge.</param>
    public Realisation Shorten(RealisedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var wanted = FailureSignature.Of(run.End ?? throw new ArgumentException("the run diverged", nameof(run)));
        var steps = run.Realisation.Steps;
        (int low, int high) = (0, steps.Count);   // high is known to be enough
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = EndsAlike([.. steps.Take(middle)], wanted) ? (low, middle) : (middle + 1, high);
        }

        RealisedStep[] kept = [.. steps.Take(high)];
        return new Realisation(kept, Note(kept).Stretched);
    }

    /// <summary>Runs what is given and then the ordinary order, to see which delays that stretches.</summary>
    private Realisation Note(IReadOnlyList<RealisedStep> given)
    {
        var noted = new NotedSteps(new GivenSteps(given));
        new Walk(noted, stepLimit).Run(source.Fresh(), new OrdinaryOrder());
        return noted.ToRealisation();
    }

    /// <summary>How an ordinary run ends whose first steps are given: what a repro will show.</summary>
    public RunEnd RunInTime(IReadOnlyList<RealisedStep> steps)
    {
        var limits = new RunLimits { EventLimit = stepLimit };
        source.Fresh().Simulation.RunTimed(limits, new TimedOrder(steps));
        return source.DescribeEnd();
    }

    private bool EndsAlike(IReadOnlyList<RealisedStep> steps, FailureSignature wanted) => FailureSignature.Of(RunInTime(steps)) == wanted;
}

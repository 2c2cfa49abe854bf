namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Makes of a list of choices that fails the trace that people read: steps, cause, instants, and the closest schedule that passes.</summary>
internal sealed class FailureTeller(IExplorableFactory factory, ExplorationOptions options)
{
    /// <summary>Tells a failing schedule.</summary>
    /// <param name="choices">Its choices.</param>
    /// <param name="mode">What could be reordered.</param>
    /// <param name="isShortest">True when no shorter one fails alike.</param>
    internal FailingTrace Tell(IReadOnlyList<string> choices, ExplorationMode mode, bool isShortest)
    {
        var schedule = new Schedule { Mode = mode, Jitter = options.Jitter, Choices = choices };
        var told = Follow(schedule);
        var end = told.End ?? throw new InvalidOperationException("a failing schedule cannot be followed again: the model is not the same in every run");
        schedule = schedule with
        {
            Choices = told.Choices,
            Anchors = ScheduleAnchors.Of(told.Steps),
            Expect = FailureSignature.Describe(end),
        };
        return new FailingTrace
        {
            Schedule = schedule,
            Steps = told.Steps,
            End = end,
            Preemptions = told.Preemptions,
            IsShortest = isShortest,
            Realisation = Realise(schedule),
        };
    }

    /// <summary>The steps of a passing schedule from where it leaves a failing one.</summary>
    internal PassingSibling Sibling(IReadOnlyList<string> choices, int common)
    {
        var told = Follow(new Schedule { Choices = choices });
        return new PassingSibling(common, [.. told.Steps.Skip(common)]);
    }

    private TracedResult Follow(Schedule schedule)
    {
        using var model = factory.Build(traced: true);
        return new TracedRun(options.StepLimit).Follow(model, schedule);
    }

    /// <summary>Null when the order cannot be put in time, because the model looks at the clock.</summary>
    private Realisation? Realise(Schedule schedule)
    {
        using var runs = new BuiltRuns(factory);
        var realiser = new Realiser(runs, options.StepLimit);
        var run = realiser.Realise(schedule);
        return run.Diverged is null && run.End is not null ? realiser.Shorten(run) : null;
    }
}

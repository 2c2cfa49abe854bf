using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>Who is left waiting at the end of a failing trace, and which of its steps matter for that.</summary>
/// <remarks>
/// A step matters if it is the point of no return, breaks a rule, is the last one of somebody who then waits for ever, or is about the same request;
/// before the point of no return also if it is about the same part, or is what one of the parties did just before.
/// That is a reading aid, found from the texts of the trace and not from the states: a step that does not matter here may still have had to happen.
/// </remarks>
public sealed class TraceDigest
{
    private readonly FailingTrace _failure;
    private readonly HashSet<string> _subjects = [];
    private readonly HashSet<string> _targets = [];
    private readonly Dictionary<string, int> _lastSteps = [];
    private readonly Dictionary<string, string> _submitters = [];

    /// <summary>Looks through a trace.</summary>
    public TraceDigest(FailingTrace failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _failure = failure;
        foreach (TraceStep step in failure.Steps)
        {
            _lastSteps[step.Process] = step.Number;
            foreach (TraceEvent call in step.Events.Where(one => one.Kind == TraceKind.Call && one.Subject.Length > 0))
            {
                _submitters.TryAdd(call.Subject, call.Process);
            }
        }

        Turning = failure.PointOfNoReturn is { } number ? failure.Steps.FirstOrDefault(step => step.Number == number) : failure.Steps.LastOrDefault(StepMeaning.IsBad);
        Stuck =
        [
            .. failure.End.Blocked.Where(one => one.Reason != "alive")
                .OrderBy(one => one.Chain.Count == 0 ? int.MaxValue : one.Chain.Count).ThenByDescending(one => one.Process == Turning?.Process),
        ];
        Alive = failure.End.Blocked.Count - Stuck.Count;
        AddParties(Turning);
        foreach (BlockedRecord one in Stuck)
        {
            AddSubjects(LastWait(one.Process)?.Subject);
        }
    }

    /// <summary>Those who wait for ever, the one whose chain is shortest, and so nearest to the cause, first; among equals the one of the step that everything turns on.</summary>
    public IReadOnlyList<BlockedRecord> Stuck { get; }

    /// <summary>Processes that wait for one that can still run.</summary>
    public int Alive { get; }

    /// <summary>The step that everything turns on: the point of no return or, where that is not known, the last broken rule; null if there is neither.</summary>
    public TraceStep? Turning { get; }

    /// <summary>Number of the last step that a process took; null if it took none.</summary>
    public int? LastStep(string process) => _lastSteps.TryGetValue(process, out int number) ? number : null;

    /// <summary>The process that submitted a request or bio; null if nobody was seen to.</summary>
    public string? Submitter(string subject) => _submitters.GetValueOrDefault(subject);

    /// <summary>The last time that a process went to sleep, as the trace tells it; null if it does not.</summary>
    public TraceEvent? LastWait(string process) =>
        _failure.Steps.LastOrDefault(step => step.Process == process)?.Events.LastOrDefault(one => one.Kind == TraceKind.Wait && one.Process == process);

    /// <summary>Whether a reader who looks for the cause needs to see a step.</summary>
    public bool Matters(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        bool before = step.Number <= (Turning?.Number ?? int.MaxValue);
        return step.Number == 1 || step.Number == Turning?.Number || StepMeaning.IsBad(step) || IsLastOfStuck(step) || IsAboutSubject(step)
            || (before && (IsAboutTarget(step) || IsJustBefore(step)));
    }

    /// <summary>The same question for a step of the passing sibling: what is about the same request, and what leads to it.</summary>
    public bool MattersInSibling(PassingSibling sibling, TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(sibling);
        ArgumentNullException.ThrowIfNull(step);
        int turn = sibling.Steps.FirstOrDefault(IsAboutSubject)?.Number ?? 0;
        return step.Number == sibling.Common + 1 || IsAboutSubject(step) || (step.Number < turn && StepMeaning.Shows(step));
    }

    private bool IsLastOfStuck(TraceStep step) => Stuck.Any(one => one.Process == step.Process) && LastStep(step.Process) == step.Number;

    private bool IsAboutSubject(TraceStep step) => step.Events.Any(one => _subjects.Contains(one.Subject));

    private bool IsAboutTarget(TraceStep step) => step.Events.Any(one => _targets.Contains(one.Target) || (one.Process != step.Process && _targets.Contains(one.Process)));

    private bool IsJustBefore(TraceStep step) => Turning is not null && step.Number >= Turning.Number - 2 && StepMeaning.Shows(step);

    private void AddParties(TraceStep? step)
    {
        foreach (TraceEvent one in step?.Events ?? [])
        {
            AddSubjects(one.Subject);
            if (one.Target.Length > 0)
            {
                _targets.Add(one.Target);
            }
        }
    }

    private void AddSubjects(string? subject)
    {
        if (!string.IsNullOrEmpty(subject))
        {
            _subjects.Add(subject);
        }
    }
}

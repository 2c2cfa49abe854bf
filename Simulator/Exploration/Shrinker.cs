namespace CryptoSim.Simulator.Exploration;

/// <summary>
/// Makes a failing schedule smaller by delta debugging over its choices: leaves some out, follows the others as far as they go, and keeps
/// what fails alike with fewer preemptions, then fewer steps, then fewer choices.
/// </summary>
/// <remarks>Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE Transactions on Software Engineering 28(2), 2002.</remarks>
/// <param name="source">Gives runs.</param>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
/// <param name="replayLimit">Most runs [1..]; what is smallest by then is the result.</param>
public sealed class Shrinker(IRunSource source, int stepLimit = 100_000, int replayLimit = 5_000)
{
    private FailureSignature _wanted = null!;
    private Schedule _schedule = null!;
    private Walk _walk = null!;
    private Walk _told = null!;   // of runs whose end is described
    private Candidate _best = null!;
    private int _replays;

    private sealed record Candidate(IReadOnlyList<string> Choices, int Preemptions, int Steps, Recording.RunEnd End);

    /// <summary>Shrinks a schedule.</summary>
    /// <param name="failing">A schedule that fails.</param>
    /// <param name="wanted">The failure to keep.</param>
    /// <returns>Null when following the schedule does not fail like that.</returns>
    public ShrinkResult? Shrink(Schedule failing, FailureSignature wanted)
    {
        ArgumentNullException.ThrowIfNull(failing);
        (_schedule, _wanted, _replays) = (failing, wanted, 0);
        _walk = new Walk(OpenSteps.Of(failing.Mode, failing.Jitter), stepLimit, named: false);
        _told = new Walk(OpenSteps.Of(failing.Mode, failing.Jitter), stepLimit);
        _best = null!;
        if (!Try(failing.Choices))
        {
            return null;
        }

        int before = _best.Steps;
        while (Cut() || LeaveOut() || StayOrJoin())
        {
        }

        return new ShrinkResult
        {
            Schedule = failing with { Choices = _best.Choices, Anchors = [], Expect = FailureSignature.Describe(_best.End) },
            Preemptions = _best.Preemptions,
            Steps = _best.Steps,
            StepsBefore = before,
            Replays = _replays,
            End = _best.End,
        };
    }

    /// <summary>Runs a list of choices; true when it fails alike and is smaller than the best so far, which it then is.</summary>
    private bool Try(IReadOnlyList<string> choices)
    {
        if (_replays >= replayLimit)
        {
            return false;
        }

        _replays++;
        var strategy = new FollowedChoices(choices, strict: false);
        strategy.Begin(0);
        var run = source.Fresh();
        if (!_walk.Run(run, strategy, _best is null ? null : CanStillWin) || !IsSmaller(run.Steps) || !source.HasFailed())
        {
            return false;
        }

        run = source.FreshToDescribe();
        if (!_told.Run(run, new TakenPlaces(_walk.Places)))
        {
            throw new InvalidOperationException("a failing schedule cannot be followed again: the model is not the same in every run");
        }

        return Keep(run.Steps, source.DescribeEnd());
    }

    private bool Keep(int steps, Recording.RunEnd end)
    {
        if (FailureSignature.Of(end) != _wanted)
        {
            return false;
        }

        _best = new Candidate([.. _told.Choices.Take(_told.Explicit)], _told.Preemptions, steps, end);
        return true;
    }

    private bool CanStillWin(Walk walk) =>
        walk.Preemptions < _best.Preemptions || (walk.Preemptions == _best.Preemptions && walk.Places.Count <= _best.Steps);

    private bool IsSmaller(int steps) =>
        _best is null || (_walk.Preemptions, steps, _walk.Explicit).CompareTo((_best.Preemptions, _best.Steps, _best.Choices.Count)) < 0;

    /// <summary>Cuts the tail off: nothing at all, then one choice, two, four ...</summary>
    private bool Cut()
    {
        for (int length = 0; length < _best.Choices.Count; length = Math.Max(1, length * 2))
        {
            if (Try([.. _best.Choices.Take(length)]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Leaves out ever smaller parts.</summary>
    private bool LeaveOut()
    {
        bool any = false;
        int parts = 2;
        while (_best.Choices.Count > 0)
        {
            parts = Math.Min(parts, _best.Choices.Count);
            if (LeaveOutOne(parts))
            {
                any = true;
                parts = Math.Max(2, parts - 1);
            }
            else if (parts == _best.Choices.Count)
            {
                break;
            }
            else
            {
                parts *= 2;
            }
        }

        return any;
    }

    private bool LeaveOutOne(int parts)
    {
        var choices = _best.Choices;
        for (int part = 0; part < parts; part++)
        {
            int from = (int)((long)choices.Count * part / parts);
            int to = (int)((long)choices.Count * (part + 1) / parts);
            if (Try([.. choices.Take(from), .. choices.Skip(to)]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the process changes, lets the last one go on instead, or brings its next turn forward.</summary>
    private bool StayOrJoin()
    {
        var choices = _best.Choices;
        for (int i = 1; i < choices.Count; i++)
        {
            if (choices[i] != choices[i - 1] && (Try(Stay(choices, i)) || Try(Join(choices, i))))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Stay(IReadOnlyList<string> choices, int at)
    {
        List<string> changed = [.. choices];
        changed[at] = choices[at - 1];
        return changed;
    }

    private static List<string> Join(IReadOnlyList<string> choices, int at)
    {
        string name = choices[at - 1];
        int from = at;
        while (from < choices.Count && choices[from] != name)
        {
            from++;
        }

        int to = from;
        while (to < choices.Count && choices[to] == name)
        {
            to++;
        }

        return [.. choices.Take(at), .. choices.Skip(from).Take(to - from), .. choices.Skip(at).Take(from - at), .. choices.Skip(to)];
    }
}

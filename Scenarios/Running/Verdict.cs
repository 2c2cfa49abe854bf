using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>Evaluates every claim of a scenario on the runs of an experiment.</summary>
internal sealed class Verdict
{
    private readonly Scenario _scenario;
    private readonly Dictionary<(string Variant, string Point), Replications> _runs = [];
    private readonly List<(string Variant, SweepPoint Point)> _order = [];
    private readonly List<ClaimOutcome> _outcomes = [];
    private readonly List<string> _notEvaluated = [];

    public Verdict(Scenario scenario, IReadOnlyList<RunPlan> plans, IReadOnlyList<CompletedRun> runs)
    {
        _scenario = scenario;
        for (int i = 0; i < plans.Count; i++)
        {
            (string Variant, SweepPoint Point) at = (plans[i].Variant?.Name ?? "", plans[i].Point);
            if (plans[i].Replication == 0)
            {
                _order.Add(at);
                _runs.Add((at.Variant, at.Point.ToString()), new Replications(at.Variant, new List<RunRecord>()));
            }

            ((List<RunRecord>)_runs[(at.Variant, at.Point.ToString())].Records).Add(runs[i].Record);
        }
    }

    /// <summary>What was claimed about exploring, which no run can tell.</summary>
    public IReadOnlyList<string> NotEvaluated => _notEvaluated;

    /// <summary>All claims in the order of the runs, then those between variants.</summary>
    public IReadOnlyList<ClaimOutcome> Evaluate()
    {
        foreach ((string variant, SweepPoint point) in _order)
        {
            EvaluateRun(variant, point);
        }

        foreach (Claim claim in _scenario.Between)
        {
            EvaluateBetween(claim);
        }

        NoteExplore();
        return _outcomes;
    }

    private void EvaluateRun(string variant, SweepPoint point)
    {
        string at = point.ToString();
        Replications runs = _runs[(variant, at)];
        Expectation? every = _scenario.Expect.FirstOrDefault(e => e.Variant == Expectation.Every);
        Expectation? own = _scenario.Expect.FirstOrDefault(e => e.Variant == variant);
        EvaluateEnd(own?.Ends ?? every?.Ends, runs, at);
        if ((own?.Rule ?? every?.Rule) is { } rule)
        {
            _outcomes.Add(EndClaims.Rule(rule, runs, at));
        }

        foreach (BlockedExpectation blocked in (every?.Blocked ?? []).Concat(own?.Blocked ?? []))
        {
            _outcomes.Add(EndClaims.Blocked(blocked, runs, at));
        }

        foreach (OutputExpectation output in (every?.Outputs ?? []).Concat(own?.Outputs ?? []))
        {
            _outcomes.Add(EndClaims.Output(output, runs, at));
        }

        foreach (Claim claim in (every?.Holds ?? []).Concat(own?.Holds ?? []).Where(c => IsAt(c, point)))
        {
            _outcomes.Add(ClaimEvaluator.Evaluate(claim, variant, at, _ => runs));
        }
    }

    /// <summary>A run about whose end nothing is claimed has to complete; that it did is worth no line.</summary>
    private void EvaluateEnd(Ending? ends, Replications runs, string point)
    {
        ClaimOutcome outcome = EndClaims.Ends(ends ?? Ending.Completed, runs, point);
        if (ends is not null || !outcome.Holds)
        {
            _outcomes.Add(outcome);
        }
    }

    private void EvaluateBetween(Claim claim)
    {
        string[] points = [.. _order.Where(o => IsAt(claim, o.Point)).Select(o => o.Point.ToString()).Distinct(StringComparer.Ordinal)];
        foreach (string point in points)
        {
            // A claim about a variant that was not chosen cannot be told.
            if (claim.Variants.All(v => _runs.ContainsKey((v, point))))
            {
                _outcomes.Add(ClaimEvaluator.Evaluate(claim, "", point, v => _runs[(v!, point)]));
            }
        }
    }

    private void NoteExplore()
    {
        foreach (Expectation expectation in _scenario.Expect)
        {
            if (expectation.Explore is { } verdict)
            {
                _notEvaluated.Add($"{expectation.Variant}: explore: {CaseRules.Value(verdict.ToString())}");
            }
        }
    }

    private static bool IsAt(Claim claim, SweepPoint point) =>
        claim.At.All(wanted => point.Coordinates.Any(c => c.Key == wanted.Key && c.Value == wanted.Value));
}

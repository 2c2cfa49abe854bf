using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Measuring;

/// <summary>Runs the variants of a scenario that questions from outside are about, once, and answers them.</summary>
public sealed class Questionnaire
{
    private readonly Scenario _scenario;
    private readonly string[] _variants;
    private readonly Question[] _questions;
    private readonly Answer?[] _answers;
    private readonly Claim?[] _claims;
    private readonly AskedFigure?[] _figures;

    private Questionnaire(Scenario scenario, IReadOnlyList<Question> questions)
    {
        _scenario = scenario;
        _variants = [.. scenario.Variants.Select(variant => variant.Name)];
        _questions = [.. questions];
        _answers = new Answer?[_questions.Length];
        _claims = new Claim?[_questions.Length];
        _figures = new AskedFigure?[_questions.Length];
    }

    /// <summary>Answers questions in their order. What cannot be answered says why; nothing is thrown for what a file can hold.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="questions">What is asked.</param>
    /// <param name="jobs">Runs at the same time, at least 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<Answer> Ask(Scenario scenario, IReadOnlyList<Question> questions, int jobs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(questions);
        Questionnaire asked = new(scenario, questions);
        for (int i = 0; i < questions.Count; i++)
        {
            asked.Understand(i);
        }

        asked.Run(jobs, cancellation);
        return [.. asked._answers.Select(answer => answer!)];
    }

    private void Understand(int i)
    {
        Question question = _questions[i];
        if (question.IsClaim)
        {
            _claims[i] = ClaimParser.Parse(question.Text, _variants, out ClaimProblem? problem);
            _answers[i] = problem is null ? null : new Answer { Problem = problem.Message };
        }
        else if (_variants.Length == 0 ? question.Variant.Length > 0 : !_variants.Contains(question.Variant, StringComparer.Ordinal))
        {
            string said = question.Variant.Length > 0 ? $"no variant {Printable.Quote(question.Variant)}" : "names no variant";
            _answers[i] = new Answer { Problem = said + Nearest.Hint(question.Variant, _variants, "variants") };
        }
        else if (_scenario.Sweep.Points().Count > 1)
        {
            _answers[i] = new Answer { Problem = $"{_scenario.Name} is swept; a figure is one of its points, which 'set' names" };
        }
        else
        {
            _figures[i] = AskedFigure.Of(question, _variants);
        }
    }

    private void Run(int jobs, CancellationToken cancellation)
    {
        string[] needed = [.. _claims.OfType<Claim>().SelectMany(claim => claim.Variants).Concat(_figures.OfType<AskedFigure>().SelectMany(figure => figure.Variants)).Distinct(StringComparer.Ordinal)];
        if (needed.Length == 0)
        {
            return;
        }

        Scenario asked = _scenario with { Between = [.. _claims.OfType<Claim>()], Expect = [] };
        ExperimentOptions options = new() { Variants = [.. needed.Where(name => name.Length > 0)], Jobs = jobs };
        ExperimentResult result = new Experiment(asked, options).Run(progress: null, cancellation);
        for (int i = 0; i < _questions.Length; i++)
        {
            _answers[i] ??= _figures[i] is { } figure ? figure.Measure(result.Runs) : Judge(_questions[i].Text, result);
        }
    }

    private static Answer Judge(string text, ExperimentResult result)
    {
        ClaimOutcome[] outcomes = [.. result.Claims.Where(claim => claim.Claim == text)];
        ClaimOutcome worst = outcomes.FirstOrDefault(claim => !claim.Holds) ?? outcomes[^1];
        return new Answer { Holds = outcomes.All(claim => claim.Holds), Found = worst.Point.Length > 0 ? $"{worst.Value} at {worst.Point}" : worst.Value };
    }
}

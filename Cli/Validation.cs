using CryptoSim.Reports.Validation;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Measuring;

namespace CryptoSim.Cli;

/// <summary>Asks scenarios what published rows say, and hands the answers from Scenarios to Reports, which do not know each other.</summary>
internal static class Validation
{
    /// <summary>Simulates every row: each scenario is read and run once for each of its settings.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="jobs">Runs at the same time.</param>
    /// <param name="progress">Told how many groups of rows are done, of how many, and which scenario is next.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputException">A scenario that a row names is not valid.</exception>
    public static IReadOnlyList<ValidatedRow> Of(IReadOnlyList<PublishedRow> rows, int jobs, Action<int, int, string> progress, CancellationToken cancellation)
    {
        var validated = new ValidatedRow[rows.Count];
        IGrouping<(string, string), int>[] groups = [.. Enumerable.Range(0, rows.Count).GroupBy(i => (rows[i].Scenario, string.Join(' ', rows[i].Set)))];
        for (int done = 0; done < groups.Length; done++)
        {
            int[] at = [.. groups[done]];
            progress(done, groups.Length, rows[at[0]].Scenario);
            ValidatedRow[] answered = Answer([.. at.Select(i => rows[i])], jobs, cancellation);
            for (int i = 0; i < at.Length; i++)
            {
                validated[at[i]] = answered[i];
            }
        }

        return validated;
    }

    private static ValidatedRow[] Answer(PublishedRow[] rows, int jobs, CancellationToken cancellation)
    {
        Scenario scenario;
        try
        {
            scenario = ScenarioFiles.Read(rows[0].Scenario, rows[0].Set, []);
        }
        catch (UsageException wrongSetting)
        {
            return [.. rows.Select(row => ValidatedRow.Failed(row, wrongSetting.Message))];
        }

        Question[] questions = [.. rows.Select(row => new Question(row.Variant, row.Metric, row.Kind == RowKind.Qualitative))];
        return [.. rows.Zip(Questionnaire.Ask(scenario, questions, jobs, cancellation), Of)];
    }

    private static ValidatedRow Of(PublishedRow row, Answer answer) => answer switch
    {
        { Problem: { } problem } => ValidatedRow.Failed(row, problem),
        { Holds: { } holds } => ValidatedRow.Claimed(row, holds, answer.Found),
        _ => ValidatedRow.Measured(row, answer.Value!.Value, answer.Unit),
    };
}

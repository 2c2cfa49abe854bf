namespace CryptoSim.Scenarios.Reading;

/// <summary>Everything that is wrong with a scenario so far. The same mistake, found again in another variant, counts once.</summary>
internal sealed class ErrorList
{
    /// <summary>Errors beyond this number are only counted.</summary>
    public const int Shown = 100;

    private readonly HashSet<ScenarioError> _known = [];
    private readonly List<ScenarioError> _errors = [];

    public bool Any => _errors.Count > 0;

    public int Count => _errors.Count;

    public void Add(Mark mark, string message)
    {
        ScenarioError error = new(mark.File, mark.Line, mark.Column, Printable.OneLine(message), mark.Kind);
        if (_known.Add(error))
        {
            _errors.Add(error);
        }
    }

    /// <summary>The command line first, then by line and column, in the order found where these are equal; no more than can be read.</summary>
    public IReadOnlyList<ScenarioError> Sorted()
    {
        List<ScenarioError> sorted = [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column)];
        if (sorted.Count <= Shown)
        {
            return sorted;
        }

        int more = sorted.Count - Shown;
        ScenarioError last = sorted[Shown];
        sorted.RemoveRange(Shown, more);
        sorted.Add(last with { Message = $"{more} more errors from here on are not shown" });
        return sorted;
    }
}

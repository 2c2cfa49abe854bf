namespace CryptoSim.Simulator.Exploration;

/// <summary>Follows the choices of a schedule; after the last one goes on without preemption. One run.</summary>
/// <param name="choices">Names of processes.</param>
/// <param name="strict">True to break off at a name that is not open; false to drop it and take the next.</param>
internal sealed class FollowedChoices(IReadOnlyList<string> choices, bool strict) : IChooserStrategy
{
    private int _next;

    /// <summary>The name that a strict replay could not follow; null while there is none.</summary>
    public string? Missing { get; private set; }

    /// <summary>The first choice that was not come to; null when there is none.</summary>
    public string? Next => _next < choices.Count ? choices[_next] : null;

    public bool Begin(int number)
    {
        _next = 0;
        return number == 0;
    }

    public int Choose(ChoicePoint point)
    {
        if (point.Count == 1)
        {
            return 0;
        }

        while (_next < choices.Count)
        {
            string name = choices[_next++];
            int place = point.Find(name);
            if (place >= 0)
            {
                return place;
            }

            if (strict)
            {
                Missing = name;
                return -1;
            }
        }

        return point.Default;
    }

    public void Ended(int steps)
    {
    }
}

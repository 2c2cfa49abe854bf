namespace CryptoSim.Simulator.Exploration;

/// <summary>Takes the steps of an earlier run of the same model again, by their places. One run; breaks off where they cannot be taken.</summary>
/// <param name="places">The place at each step.</param>
internal sealed class TakenPlaces(IReadOnlyList<int> places) : IChooserStrategy
{
    public bool Begin(int number) => number == 0;

    public int Choose(ChoicePoint point)
    {
        int step = point.Run.Steps;
        return step < places.Count && places[step] < point.Count ? places[step] : -1;
    }

    public void Ended(int steps)
    {
    }
}

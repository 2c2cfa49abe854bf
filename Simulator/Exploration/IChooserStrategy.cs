namespace CryptoSim.Simulator.Exploration;

/// <summary>Decides who goes next, in one run after the other.</summary>
public interface IChooserStrategy
{
    /// <summary>A run begins.</summary>
    /// <param name="number">0-based number of the run.</param>
    /// <returns>False when there is no further run: everything was tried.</returns>
    bool Begin(int number);

    /// <summary>Picks a place [0..Count-1]; asked at every step, also where only one is open. -1 breaks the run off.</summary>
    int Choose(ChoicePoint point);

    /// <summary>The run is over.</summary>
    /// <param name="steps">Its steps.</param>
    void Ended(int steps);
}

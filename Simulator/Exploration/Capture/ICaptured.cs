namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>An engine object that writes part of its state itself, because its fields say it in a way that differs between equal states. Those fields are marked [NotState].</summary>
internal interface ICaptured
{
    /// <summary>Writes what the fields do not say.</summary>
    void Capture(StateWriter writer);

    /// <summary>The object was made as a copy of another: lets go of everything inside that it shares with it.</summary>
    void Renew()
    {
    }

    /// <summary>Reads what <see cref="Capture"/> wrote.</summary>
    void Restore(StateReader reader);
}

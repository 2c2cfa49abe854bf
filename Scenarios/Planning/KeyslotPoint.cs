namespace CryptoSim.Scenarios.Planning;

/// <summary>One point of the sweep.</summary>
/// <param name="Design">Word of the design.</param>
/// <param name="Mix">[percent] Share of the I/O that is not encrypted; null: as the scenario says.</param>
/// <param name="Keys">Files with a key of their own; null: as the scenario says.</param>
/// <param name="Slots">Keyslots; 0 for the same host that takes the key with each request and so needs none.</param>
public sealed record KeyslotPoint(string Design, int? Mix, int? Keys, int Slots)
{
    /// <summary>The same traffic where no keyslots are needed: what the delays are measured against. It is the same for every number of keys.</summary>
    internal KeyslotPoint Baseline => this with { Keys = null, Slots = 0 };
}

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>How a simulation stands beyond its state: which process has which slot and name, and in what order the pending ones are met. Restored with it, a run goes on as the first one did, not only as an equal one.</summary>
/// <param name="Slots">Slots in the order in which a restore takes them.</param>
/// <param name="FreeSlots">Slots that had been given back, the next one last.</param>
/// <param name="Names">Name of the process in each slot; null: that of its method.</param>
/// <param name="Lane">Slots in the lane, the first one first.</param>
/// <param name="Armed">Slots that wait for time.</param>
internal sealed record Standing(int[] Slots, int[] FreeSlots, string?[] Names, int[] Lane, int[] Armed);

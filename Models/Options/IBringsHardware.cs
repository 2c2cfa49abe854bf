namespace CryptoSim.Models.Options;

/// <summary>Options of a workload that brings what it runs on: a scenario needs no hardware for it, and it shares a machine with nothing.</summary>
public interface IBringsHardware
{
    /// <summary>What it is and what it brings, as the rest of a sentence about it.</summary>
    string Standing { get; }
}

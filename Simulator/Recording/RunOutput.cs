namespace CryptoSim.Simulator.Recording;

/// <summary>What a workload has put out.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Hex">The first bytes, lower-case hexadecimal; empty where only names of bytes were made.</param>
public sealed record RunOutput(string Name, string Hex)
{
    /// <summary>[B] Length of all that was put out, kept or not.</summary>
    public long Bytes { get; init; } = Hex.Length / 2;

    /// <summary>Chain depths of its requests in the order of their submission, as <c>1,2</c>, as far as they were kept; empty if it has none.</summary>
    public string Depths { get; init; } = "";
}

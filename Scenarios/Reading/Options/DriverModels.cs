namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>Models of hardware that were loaded from driver assemblies, for the command that loaded them and the threads it starts.</summary>
internal static class DriverModels
{
    private static readonly AsyncLocal<IReadOnlyList<OptionModel>?> InUse = new();

    /// <summary>Those in use, in the order of loading.</summary>
    public static IReadOnlyList<OptionModel> Loaded
    {
        get => InUse.Value ?? [];
        set => InUse.Value = value;
    }
}

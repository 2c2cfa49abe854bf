namespace CryptoSim.Scenarios;

/// <summary>Reads scenarios. Everything wrong with one is a value in the result; nothing is thrown for what a file or a command line can hold.</summary>
public static class ScenarioReader
{
    /// <summary>Most bytes of a scenario file.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">As the user named it; stands so in the errors.</param>
    /// <param name="set"><c>path=value</c> assignments, applied last.</param>
    /// <param name="variants">Names of variants that must exist; empty for all.</param>
    public static ScenarioReadResult Read(string path, IReadOnlyList<string>? set = null, IReadOnlyList<string>? variants = null) =>
        throw new NotImplementedException();

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">Stands in the errors as the file.</param>
    /// <param name="set"><c>path=value</c> assignments, applied last.</param>
    /// <param name="variants">Names of variants that must exist; empty for all.</param>
    public static ScenarioReadResult ReadText(string text, string name, IReadOnlyList<string>? set = null, IReadOnlyList<string>? variants = null) =>
        throw new NotImplementedException();
}

using CryptoSim.Scenarios.Reading;

namespace CryptoSim.Scenarios;

/// <summary>A named set of dotted paths with new values: the whole difference from the base machine.</summary>
/// <param name="Name">Kebab-case; may hold dots, as <c>caam-4.1</c>.</param>
/// <param name="Settings">In the order of the file.</param>
public sealed record Variant(string Name, IReadOnlyList<Setting> Settings);

/// <summary>A dotted path and the value it takes.</summary>
public sealed record Setting
{
    internal Setting(string path, Node value) => (Path, Node) = (path, value);

    /// <summary>Dotted path, e.g. <c>jr0.when_full</c> or <c>time_limit</c>.</summary>
    public string Path { get; }

    /// <summary>The value as YAML on one line.</summary>
    public string Text => Node.ToFlowText();

    internal Node Node { get; }

    /// <summary><c>path=value</c>, as <c>--set</c> takes it.</summary>
    public override string ToString() => Path + "=" + Text;
}

namespace CryptoSim.Models.Kernel;

/// <summary>Where in Linux the mechanism lives that a type or member models: data, so that a test can resolve it.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class KernelSourceAttribute : Attribute
{
    /// <summary>Names the place.</summary>
    /// <param name="path">File in the kernel tree, e.g. <c>drivers/crypto/caam/jr.c</c>.</param>
    /// <param name="symbol">Function or structure, or several separated by commas.</param>
    public KernelSourceAttribute(string path, string symbol)
    {
        Path = path;
        Symbol = symbol;
    }

    /// <summary>File in the kernel tree.</summary>
    public string Path { get; }

    /// <summary>Function or structure, or several separated by commas.</summary>
    public string Symbol { get; }

    /// <summary>Release or tree that was read, e.g. <c>v4.1</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Commit that introduced or removed the behaviour, abbreviated to 12 digits.</summary>
    public string? Commit { get; init; }

    /// <summary>Mail that discusses it, by its id in docs/sources.md.</summary>
    public string? Mail { get; init; }

    /// <summary>Rule ids of docs/rules.md, separated by blanks; two with a hyphen between them are the ends of a run.</summary>
    public string? Rules { get; init; }
}
